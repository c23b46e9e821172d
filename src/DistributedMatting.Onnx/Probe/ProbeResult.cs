namespace DistributedMatting.Onnx.Probe;

/// <summary>What single calls cost.</summary>
/// <param name="Encode">Median time of <see cref="Core.Networks.IMattingNetwork.Encode"/>.</param>
/// <param name="Matte">Median time of <see cref="Core.Networks.IMattingNetwork.Matte"/>.</param>
/// <param name="Contexts">Context patches a query.</param>
public sealed record ProbeResult(TimeSpan Encode, TimeSpan Matte, int Contexts);
