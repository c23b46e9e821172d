using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Patches;

/// <summary>One patch of a <see cref="PatchGrid"/>.</summary>
/// <param name="Index">Place in row order, from 0.</param>
/// <param name="Column">Column in the grid.</param>
/// <param name="Row">Row in the grid.</param>
/// <param name="Bounds">Where it lies on the plate. The last column and row may reach past the plate's edge.</param>
public readonly record struct Patch(int Index, int Column, int Row, PixelRect Bounds);
