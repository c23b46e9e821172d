using System.IO.Pipelines;
using DistributedMatting.Core.Storage;
using DistributedMatting.Web.Errors;
using Microsoft.AspNetCore.Http;

namespace DistributedMatting.Web.Uploads;

/// <summary>A request's body on its way to the disk. What the disk refuses is told apart from a connection that breaks.</summary>
internal static class UploadBody
{
    /// <summary>The refusal where there is no place for it.</summary>
    public static RefusedException NoRoom() =>
        new(StatusCodes.Status413PayloadTooLarge, "the service has no room for this upload now; delete jobs that have ended, or ask its operator");

    /// <summary>Writes what comes, until it ends or another writer comes.</summary>
    /// <returns>How many bytes came.</returns>
    /// <exception cref="RefusedException">The disk is full, or another request goes on with this upload.</exception>
    /// <exception cref="BadHttpRequestException">More comes than <paramref name="most"/>.</exception>
    public static async Task<long> CopyAsync(PipeReader body, Stream file, long most, CancellationToken cancellation)
    {
        // Not by the token itself: the server goes on with the body when we have left it.
        using var stop = cancellation.Register(body.CancelPendingRead);
        for (var copied = 0L; ;)
        {
            var read = await body.ReadAsync(CancellationToken.None);
            try
            {
                if (copied + read.Buffer.Length > most) throw new BadHttpRequestException("more than was announced", StatusCodes.Status413PayloadTooLarge);
                foreach (var piece in read.Buffer)
                {
                    await WriteAsync(file, piece);
                    copied += piece.Length;
                }
            }
            finally
            {
                // So does it where we are stopped in the midst, and a body that is too long is still heard out.
                body.AdvanceTo(read.Buffer.End);
            }

            if (read.IsCompleted) return copied;
            if (cancellation.IsCancellationRequested) throw new RefusedException(StatusCodes.Status409Conflict, "another request goes on with this upload");
        }
    }

    /// <exception cref="RefusedException">The disk is full: some file systems say so as late as that.</exception>
    public static void Flush(FileStream file)
    {
        try
        {
            file.Flush(flushToDisk: true);
        }
        catch (IOException error) when (DiskErrors.IsFull(error))
        {
            throw NoRoom();
        }
    }

    private static async Task WriteAsync(Stream file, ReadOnlyMemory<byte> piece)
    {
        try
        {
            await file.WriteAsync(piece, CancellationToken.None);
        }
        catch (IOException error) when (DiskErrors.IsFull(error))
        {
            throw NoRoom();
        }
    }
}
