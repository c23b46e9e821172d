using System.IO.Pipelines;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Web.Access;
using DistributedMatting.Web.Access.Callers;
using DistributedMatting.Web.Errors;
using Microsoft.AspNetCore.Http;

namespace DistributedMatting.Web.Uploads;

/// <summary>What callers do with their uploads. An upload is its owner's; to others it is not there, operators excepted.</summary>
internal sealed class UploadStore(UploadOptions options, UploadFolder folder, IMattingService service) : IDisposable
{
    private const long DiskReserve = 1L << 30;

    private readonly UploadWriters _writers = new();
    private readonly SemaphoreSlim _gate = new(1);

    public UploadFolder Folder { get; } = folder;

    /// <summary>Begins an upload, or finds the one that the caller's token has begun.</summary>
    /// <exception cref="InvalidInputException">A field will not do.</exception>
    public async Task<(string Id, Upload Upload, bool IsNew)> BeginAsync(NewUpload asked, Caller caller, CancellationToken cancellation)
    {
        asked.Validate(options.MaxBytes);
        var id = asked.Token is { } token ? UploadId.Of(caller.Name, token) : UploadId.Create();
        var upload = new Upload(asked.Name, asked.Bytes, caller.Name);
        using var held = await HoldAsync(cancellation);
        if (Folder.Read(id) is { } known)
        {
            if (known == upload) return (id, known, false);
            throw new RefusedException(StatusCodes.Status409Conflict, "the token belongs to an upload of another name or length; draw another token");
        }

        RequireRoom(upload);
        Folder.Delete(id);
        Folder.Write(id, upload);
        return (id, upload, true);
    }

    /// <summary>The upload, if it is the caller's.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public Upload Find(string? id, Caller caller)
    {
        if (UploadId.IsOne(id) && Folder.Read(id!) is { } upload && (upload.Owner == caller.Name || caller.Role == Role.Operator)) return upload;
        throw Missing();
    }

    /// <summary>Appends what comes; what has come when the connection breaks is kept.</summary>
    /// <returns>The new offset.</returns>
    /// <exception cref="RefusedException">The offset is another, or more comes than was announced.</exception>
    public async Task<long> AppendAsync(string id, Upload upload, long offset, PipeReader body, CancellationToken cancellation)
    {
        using var writer = await _writers.EnterAsync(id, cancellation);
        if (Folder.Read(id) is null) throw Missing();
        var has = Folder.Offset(id);
        if (offset != has) throw new WrongOffsetException(has);
        if (Folder.IsWhole(id))
        {
            await UploadBody.CopyAsync(body, Stream.Null, 0, writer.Token);
            return has;
        }

        await using (var file = Folder.OpenPart(id))
        {
            file.Seek(offset, SeekOrigin.Begin);
            try
            {
                has += await UploadBody.CopyAsync(body, file, upload.Bytes - offset, writer.Token);
            }
            catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
            {
                // More than was announced: nothing of this request is to be trusted.
                file.SetLength(offset);
                throw;
            }

            UploadBody.Flush(file);
        }

        if (has == upload.Bytes) Folder.Complete(id);
        return has;
    }

    /// <summary>Takes the last step of an upload whose service was killed between its last byte and that step.</summary>
    public async Task SettleAsync(string id, CancellationToken cancellation)
    {
        if (!HasAll()) return;
        using var writer = await _writers.EnterAsync(id, cancellation);
        if (HasAll()) Folder.Complete(id);

        bool HasAll() => UploadId.IsOne(id) && Folder.Read(id) is { } upload && !Folder.IsWhole(id) && Folder.Offset(id) == upload.Bytes;
    }

    /// <exception cref="JobConflictException">A job uses it.</exception>
    public async Task DeleteAsync(string id, CancellationToken cancellation)
    {
        using var held = await HoldAsync(cancellation);
        if (await IsUsedAsync(id, cancellation)) throw new JobConflictException("a job uses this upload; delete the job, and the upload goes with it");
        using var writer = await _writers.EnterAsync(id, cancellation);
        Folder.Delete(id);
    }

    /// <summary>A job is gone: deletes those of these uploads that no job uses any more, and its alpha where an upload stays.</summary>
    /// <param name="ids">The uploads that the job used, and the one that its alpha lies beside.</param>
    /// <param name="alpha">Where the job's alpha is, or would have been.</param>
    /// <param name="cancellation">Leaves what is left to the sweeper.</param>
    public async Task ReleaseAsync(IEnumerable<string> ids, string alpha, CancellationToken cancellation)
    {
        using var held = await HoldAsync(cancellation);
        foreach (var id in ids)
        {
            var (isUsed, isWanted) = (false, false);
            await foreach (var job in AllJobs.OfAsync(service, new JobQuery { Text = id }, cancellation))
            {
                isUsed = true;
                // Its token may have been used again meanwhile.
                isWanted |= job.Submission.Alpha == alpha;
            }

            if (!isUsed) Folder.Delete(id);
            else if (!isWanted) Folder.DeleteAlpha(id, alpha);
        }
    }

    /// <summary>Deletes what no job uses and nobody has gone on with for long; what was cut short in its making too.</summary>
    public async Task SweepAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        using var held = await HoldAsync(cancellation);
        foreach (var id in Folder.Ids.ToArray())
        {
            if (now - Folder.LastWritten(id) < options.KeepUnused || await IsUsedAsync(id, cancellation)) continue;
            using var writer = await _writers.EnterAsync(id, cancellation);
            Folder.Delete(id);
        }
    }

    /// <summary>While it is held, no upload goes away: what a submission names is there until its job is.</summary>
    public async Task<IDisposable> HoldAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        return new Held(_gate);
    }

    public void Dispose() => _gate.Dispose();

    private static RefusedException Missing() =>
        new(StatusCodes.Status404NotFound, "there is no such upload; it may have been swept away, so begin it again");

    private async Task<bool> IsUsedAsync(string id, CancellationToken cancellation) =>
        (await service.ListAsync(new JobQuery { Text = id, Limit = 1 }, cancellation)).Total > 0;

    private void RequireRoom(Upload upload)
    {
        var all = Folder.Ids.Select(Folder.Read).OfType<Upload>().ToArray();
        if (all.Count(one => one.Owner == upload.Owner) >= options.MaxFiles)
            throw new RefusedException(StatusCodes.Status429TooManyRequests, $"'{upload.Owner}' has {options.MaxFiles} uploads, which is the most; delete jobs that have ended, and their uploads go with them");
        if (all.Sum(one => one.Bytes) + upload.Bytes > options.TotalBytes || new DriveInfo(Folder.Root).AvailableFreeSpace - DiskReserve < upload.Bytes)
            throw UploadBody.NoRoom();
    }

    private sealed class Held(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}

/// <summary>The upload is elsewhere; the client goes on from there.</summary>
internal sealed class WrongOffsetException(long offset) : Exception
{
    public long Offset { get; } = offset;
}
