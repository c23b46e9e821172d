namespace DistributedMatting.Workstation;

/// <summary>Sees finished rows of alpha, top to bottom, on the stitching thread.</summary>
/// <param name="firstRow">Row of the plate that the span begins with.</param>
/// <param name="alpha">Whole rows, each value 0 to 1. Valid during the call.</param>
public delegate void RowObserver(int firstRow, ReadOnlySpan<float> alpha);
