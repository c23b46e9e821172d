namespace DistributedMatting.Core.Jobs.Service.Results;

/// <summary>One patch, and what it drew on.</summary>
/// <param name="Index">Its place in row order.</param>
/// <param name="X">Left, in pixels of the plate.</param>
/// <param name="Y">Top, in pixels of the plate.</param>
/// <param name="Side">In pixels; the last ones reach past the plate's edges.</param>
/// <param name="State">One letter, as in <see cref="PatchMap"/>.</param>
/// <param name="Contexts">Its context patches, best first; empty until they are ranked, and for patches that are never inferred.</param>
public sealed record PatchDetail(int Index, int X, int Y, int Side, string State, IReadOnlyList<PatchContext> Contexts);

/// <summary>A patch that another one drew on.</summary>
/// <param name="Index">Its place in row order.</param>
/// <param name="X">Left, in pixels of the plate.</param>
/// <param name="Y">Top, in pixels of the plate.</param>
/// <param name="Score">How it correlates with the query, −1 to 1, as <see cref="Context.RankedContexts.Scores"/>; null where the job was matted by a version that did not keep it.</param>
public sealed record PatchContext(int Index, int X, int Y, double? Score);
