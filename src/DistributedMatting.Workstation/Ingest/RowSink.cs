namespace DistributedMatting.Workstation.Ingest;

/// <summary>Takes rows of plate and trimap as they stream by, top to bottom.</summary>
/// <param name="rgb">Whole rows, as in <see cref="Core.Plates.IPlate.ReadRgb"/>.</param>
/// <param name="regions">The same rows of the trimap.</param>
internal delegate void RowSink(ReadOnlySpan<ushort> rgb, ReadOnlySpan<byte> regions);
