namespace DistributedMatting.Onnx.Models;

/// <summary>One file of a model folder.</summary>
/// <param name="File">Its name inside the folder; never a path.</param>
/// <param name="Sha256">SHA-256 of its bytes, 64 lower-case hexadecimal digits.</param>
public sealed record ModelFile(string File, string Sha256);
