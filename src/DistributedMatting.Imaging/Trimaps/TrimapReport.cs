namespace DistributedMatting.Imaging;

/// <summary>What a trimap file held, in the rows read so far. Counts are pixels.</summary>
/// <param name="Background">Pixels read as known background (value ≤ 5 of 255).</param>
/// <param name="Unknown">Pixels read as unknown (everything between).</param>
/// <param name="Foreground">Pixels read as known foreground (value ≥ 250 of 255).</param>
/// <param name="Unexpected">Pixels whose value is none of 0, 126 to 130, 255; they are read by the same rule.</param>
/// <param name="Examples">The most frequent unexpected values (on a scale of 255) and their counts, at most five.</param>
public sealed record TrimapReport(
    long Background,
    long Unknown,
    long Foreground,
    long Unexpected,
    IReadOnlyList<(int Value, long Pixels)> Examples);
