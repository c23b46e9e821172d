using System.Net;
using System.Net.Http.Headers;
using DistributedMatting.Core.Storage;

namespace DistributedMatting.Cli.Remote.Client;

/// <summary>Fetches a file beside its place and renames it when it is whole. A connection that breaks is taken up where it broke.</summary>
internal static class FileDownload
{
    private const int MostBreaks = 10;
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    /// <param name="client">The service.</param>
    /// <param name="address">What to fetch.</param>
    /// <param name="path">Where to; a file that is there is replaced.</param>
    /// <param name="got">Hears bytes that are here, and bytes in all where that is known.</param>
    /// <param name="placing">Is called when all of it is here, before it takes its place.</param>
    /// <param name="cancellation">Leaves nothing behind.</param>
    public static async Task FetchAsync(MattingClient client, string address, string path, Action<long, long?> got, Action placing, CancellationToken cancellation)
    {
        var partial = $"{path}.{Environment.ProcessId}.partial";
        try
        {
            await using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous))
            {
                EntityTagHeaderValue? tag = null;
                for (var breaks = 0; !await ContinueAsync(); breaks++)
                    if (breaks == MostBreaks) throw new ServiceException("the connection breaks again and again; try again later");

                async Task<bool> ContinueAsync()
                {
                    using var response = await client.SendAsync(() => Request(address, file.Position, tag), cancellation);
                    await Answers.RequireSuccessAsync(response, cancellation);
                    // Without a tag nobody knows whether the rest belongs to what is here.
                    if (response.StatusCode != HttpStatusCode.PartialContent) (file.Position, tag) = (0, response.Headers.ETag);
                    file.SetLength(file.Position);
                    var all = file.Position + response.Content.Headers.ContentLength;
                    await using var body = new ImpatientStream(await response.Content.ReadAsStreamAsync(cancellation), Silence, client.Clock);
                    return await CopyAsync(body, file, bytes => got(bytes, all), cancellation) && (all is null || file.Position == all);
                }
            }

            placing();
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception e) when (DiskErrors.Why(e) is not null)
        {
            throw DiskErrors.Refused(e, $"{path} cannot be written");
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static HttpRequestMessage Request(string address, long from, EntityTagHeaderValue? tag)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (from == 0 || tag is null || tag.IsWeak) return request;
        request.Headers.Range = new RangeHeaderValue(from, null);
        request.Headers.IfRange = new RangeConditionHeaderValue(tag);
        return request;
    }

    // False where the connection broke; a disk that is full is no broken connection.
    private static async Task<bool> CopyAsync(Stream body, FileStream file, Action<long> got, CancellationToken cancellation)
    {
        for (var buffer = new byte[1 << 17]; ;)
        {
            int length;
            try
            {
                length = await body.ReadAsync(buffer, cancellation);
            }
            catch (Exception error) when (Retries.IsBroken(error, cancellation))
            {
                return false;
            }

            if (length == 0) return true;
            await file.WriteAsync(buffer.AsMemory(0, length), cancellation);
            got(file.Position);
        }
    }
}
