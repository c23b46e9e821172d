using System.Text.Json;

namespace DistributedMatting.Core.Jobs;

/// <summary>Where an alpha came from; written beside it as JSON (snake_case).</summary>
public sealed record MattingProvenance
{
    /// <summary>What <see cref="Software"/> says in every provenance of ours.</summary>
    public const string SoftwareName = "DistributedMatting";

    /// <summary>Name of the software.</summary>
    public string Software { get; init; } = SoftwareName;

    /// <summary>Version of the software.</summary>
    public required string Version { get; init; }

    /// <summary>When the alpha was finished, UTC.</summary>
    public required DateTimeOffset FinishedUtc { get; init; }

    /// <summary>The plate's file name, without its folder, if it came from a file.</summary>
    public string? Plate { get; init; }

    /// <summary>The trimap's file name, without its folder, if it came from a file.</summary>
    public string? Trimap { get; init; }

    /// <summary>SHA-256 of the plate's file, if the caller gave it.</summary>
    public string? PlateFileSha256 { get; init; }

    /// <summary>SHA-256 of the trimap's file, if the caller gave it.</summary>
    public string? TrimapFileSha256 { get; init; }

    /// <summary>Name of the network.</summary>
    public required string Model { get; init; }

    /// <summary>SHA-256 of the network's files.</summary>
    public required string ModelSha256 { get; init; }

    /// <summary>What the network ran on: results of two kinds of device differ in the last bits.</summary>
    public string? Device { get; init; }

    /// <summary>Side of a patch in pixels.</summary>
    public required int Patch { get; init; }

    /// <summary>What the person chose.</summary>
    public required MattingSettings Settings { get; init; }

    /// <summary>What was done: content hashes, counts, timings, seam figure.</summary>
    public required MattingReport Report { get; init; }

    /// <summary>The record as indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, JobJson.Options);

    /// <summary>A record from its JSON.</summary>
    /// <exception cref="JsonException">It is not such a record.</exception>
    public static MattingProvenance FromJson(string json) =>
        JsonSerializer.Deserialize<MattingProvenance>(json, JobJson.Options) ?? throw new JsonException("empty provenance");
}
