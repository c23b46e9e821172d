using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using DistributedMatting.Core;
using DistributedMatting.Core.Storage;

namespace DistributedMatting.Cli.Remote.Client;

/// <summary>Sends a file in chunks. The same file sent again goes on where it was broken off, by this process or an earlier one.</summary>
internal static class FileUpload
{
    private const string OffsetHeader = "Upload-Offset";
    private const int MaxName = 200;

    /// <param name="client">The service.</param>
    /// <param name="limits">What it takes.</param>
    /// <param name="path">The file.</param>
    /// <param name="sent">Hears how many bytes are there.</param>
    /// <param name="cancellation">Stops between two chunks.</param>
    /// <returns>What a submission says in place of a path.</returns>
    public static async Task<string> SendAsync(MattingClient client, MattingClient.UploadLimits limits, string path, Action<long> sent, CancellationToken cancellation)
    {
        await using var file = Open(path);
        if (file.Length > limits.MaxBytes) throw new InvalidInputException($"{path} has {file.Length} bytes; the service takes {limits.MaxBytes}");
        var name = Path.GetFileName(path);
        var asked = new { token = Token(path, file), name = name.Length <= MaxName ? name : name[..MaxName], bytes = file.Length };
        var state = await client.CallAsync<State>(HttpMethod.Post, "api/v1/uploads", asked, cancellation);
        sent(state.Offset);
        for (var chunk = new byte[Math.Clamp(limits.ChunkBytes, 1 << 16, 1 << 26)]; state.Offset < state.Bytes;)
        {
            file.Position = state.Offset;
            var length = await file.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false, cancellation);
            if (length == 0) throw new InvalidInputException($"{path} became shorter while it was sent; send it again when nobody writes it");
            state = state with { Offset = await AppendAsync(client, state, chunk.AsMemory(0, length), cancellation) };
            sent(state.Offset);
        }

        return $"upload:{state.Id}";
    }

    private static async Task<long> AppendAsync(MattingClient client, State state, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        using var response = await client.SendAsync(() =>
        {
            var content = new ReadOnlyMemoryContent(bytes);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
            var request = new HttpRequestMessage(HttpMethod.Patch, $"api/v1/uploads/{state.Id}") { Content = content };
            request.Headers.Add(OffsetHeader, state.Offset.ToString(CultureInfo.InvariantCulture));
            return request;
        }, cancellation);
        // A try that broke may have brought some: the service says where it is, whether it refuses or not.
        var isKnown = response.Headers.TryGetValues(OffsetHeader, out var told) & long.TryParse(told?.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var offset);
        if (response.StatusCode == HttpStatusCode.Conflict && isKnown) return offset;
        await Answers.RequireSuccessAsync(response, cancellation);
        return isKnown ? offset : throw Answers.Strange(response);
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan | FileOptions.Asynchronous);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Refused(e, $"{path} cannot be read");
        }
    }

    // Another content has another length or time: it must not go on where this one broke off.
    private static string Token(string path, FileStream file)
    {
        var what = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}\n{Path.GetFullPath(path)}\n{file.Length}\n{File.GetLastWriteTimeUtc(path).Ticks}");
        return "file-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)));
    }

    private sealed record State(string Id, long Offset, long Bytes);
}
