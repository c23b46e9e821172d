using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using Microsoft.Extensions.DependencyInjection;

namespace DistributedMatting.Web.Uploads;

/// <summary>Makes the uploads' store and what keeps it clean.</summary>
internal static class UploadSetup
{
    /// <exception cref="InvalidInputException">The folder will not do.</exception>
    public static UploadStore? AddTo(IServiceCollection services, UploadOptions? options, IMattingService service)
    {
        if (options is null) return null;
        var store = new UploadStore(options, new UploadFolder(options.Folder), service);
        services.AddSingleton(store);
        services.AddSingleton<UploadedFiles>();
        services.AddHostedService<UploadSweeper>();
        return store;
    }
}
