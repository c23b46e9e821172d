using DistributedMatting.Core;

namespace DistributedMatting.Web.Uploads;

/// <summary>Where uploads lie, and how many.</summary>
public sealed record UploadOptions
{
    /// <summary>Where they lie; made if it is missing. Clients cannot name files in it.</summary>
    public required string Folder { get; init; }

    /// <summary>Most bytes of one file.</summary>
    public long MaxBytes { get; init; } = 16L << 30;

    /// <summary>Most bytes of all files together, those announced and not yet come included.</summary>
    public long TotalBytes { get; init; } = 256L << 30;

    /// <summary>Most files of one caller.</summary>
    public int MaxFiles { get; init; } = 1000;

    /// <summary>How long a file stays that no job uses and nobody goes on with.</summary>
    public TimeSpan KeepUnused { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Bytes of a good chunk: what a broken connection costs at most is far less, but proxies limit bodies.</summary>
    public const long ChunkBytes = 16L << 20;

    /// <exception cref="InvalidInputException">A limit will not do.</exception>
    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(Folder)) throw new InvalidInputException("the uploads' folder is empty; name one");
        if (MaxBytes < 1 || TotalBytes < MaxBytes) throw new InvalidInputException("the uploads' limits must be at least 1 byte a file, and in all at least what one file may have");
        if (MaxFiles < 1) throw new InvalidInputException("a caller must be allowed at least 1 upload");
        if (KeepUnused < TimeSpan.FromMinutes(1)) throw new InvalidInputException("unused uploads must be kept for at least 1 minute");
    }
}
