using System.Numerics;

namespace DistributedMatting.Scenes.Figure;

/// <summary>A hair before it is lit.</summary>
/// <param name="Points">Centre line, root to tip.</param>
/// <param name="Radius">Greatest half width.</param>
/// <param name="Tone">0 dark … 1 fair.</param>
/// <param name="Layer">0 deep in its lock … 1 on top of it.</param>
/// <param name="Depth">Order: greater lies nearer to the viewer.</param>
internal sealed record HairStrand(Vector3[] Points, float Radius, float Tone, float Layer, float Depth);
