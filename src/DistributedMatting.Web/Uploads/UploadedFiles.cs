using System.Security.Cryptography;
using System.Text;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Web.Access.Callers;

namespace DistributedMatting.Web.Uploads;

/// <summary>Uploads where a submission names them: <c>upload:ID</c> as a plate or trimap.</summary>
internal sealed class UploadedFiles(UploadStore store)
{
    /// <summary>What an upload's sender calls it; null where the path is no upload.</summary>
    public string? NameOf(string path, Caller caller) => Id(path) is { } id ? store.Find(id, caller).Name : null;

    /// <summary>Where an upload lies; null where the path is no upload.</summary>
    /// <exception cref="InvalidInputException">The upload is not whole.</exception>
    public string? DataOf(string field, string path, Caller caller)
    {
        if (Id(path) is not { } id) return null;
        var upload = store.Find(id, caller);
        if (store.Folder.IsWhole(id)) return store.Folder.DataOf(id);
        throw new InvalidInputException($"{field}: {store.Folder.Offset(id)} of {upload.Bytes} bytes of this upload have come; send the rest before it is used");
    }

    /// <summary>A place beside an upload for the alpha that the submission does not name; null where it names no upload.</summary>
    public string? AlphaFor(JobSubmission submission) => (Id(submission.Plate) ?? Id(submission.Trimap)) is { } id && UploadId.IsOne(id)
        ? Path.Combine(store.Folder.PathOf(id), AlphaName(submission.Token))
        : null;

    /// <summary>While it is held, none of the submission's uploads goes away; null where it names none.</summary>
    public async Task<IDisposable?> HoldAsync(JobSubmission submission, CancellationToken cancellation)
    {
        string[] ids = [.. new[] { Id(submission.Plate), Id(submission.Trimap) }.OfType<string>()];
        foreach (var id in ids) await store.SettleAsync(id, cancellation);
        return ids.Length == 0 ? null : await store.HoldAsync(cancellation);
    }

    /// <summary>A job that named these uploads is gone.</summary>
    public Task ReleaseAsync(JobSubmission submission, CancellationToken cancellation)
    {
        string?[] paths = [submission.Plate, submission.Trimap, submission.Alpha];
        var ids = paths.OfType<string>().Where(Owns).Select(path => Path.GetFileName(Path.GetDirectoryName(path))!).Distinct();
        return store.ReleaseAsync(ids, submission.Alpha, cancellation);
    }

    private bool Owns(string path) => path.StartsWith(store.Folder.Root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string? Id(string? path) =>
        path?.StartsWith(UploadId.Scheme, StringComparison.Ordinal) == true ? path[UploadId.Scheme.Length..] : null;

    // The same for a submission that is repeated, another for any other: one upload may be for several jobs.
    private static string AlphaName(string? token) => token is null
        ? $"alpha-{UploadId.Create()}.tif"
        : $"alpha-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)))[..32]}.tif";
}
