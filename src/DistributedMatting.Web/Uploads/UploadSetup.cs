using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Web.Access;
using Microsoft.Extensions.DependencyInjection;

namespace DistributedMatting.Web.Uploads;

/// <summary>Makes the uploads' store and what keeps it clean.</summary>
internal static class UploadSetup
{
    /// <exception cref="InvalidInputException">The folder will not do.</exception>
    public static UploadStore? AddTo(IServiceCollection services, UploadOptions? options, PathRoots roots, IMattingService service)
    {
        if (options is null) return null;
        var folder = new UploadFolder(options.Folder);
        if (roots.Overlap(folder.Root))
            throw new InvalidInputException($"the uploads' folder {folder.Root} and the roots overlap, so clients could name each other's files; put it elsewhere");
        var store = new UploadStore(options, folder, service);
        services.AddSingleton(store);
        services.AddSingleton<UploadedFiles>();
        services.AddHostedService<UploadSweeper>();
        return store;
    }
}
