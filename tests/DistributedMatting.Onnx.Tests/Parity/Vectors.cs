using System.Runtime.InteropServices;
using System.Text.Json;

namespace DistributedMatting.Onnx.Tests.Parity;

/// <summary>What PyTorch computed from <see cref="SamplePatches"/>: a model folder's vectors/.</summary>
public sealed record Vectors(int Patches, int Side, int Step, IReadOnlyList<VectorCase> Cases, IReadOnlyList<PooledSums> Sums)
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Vectors Read(string folder) =>
        JsonSerializer.Deserialize<Vectors>(File.ReadAllBytes(Path.Combine(folder, "manifest.json")), Names)
        ?? throw new InvalidDataException($"{folder}: the manifest is empty.");

    /// <summary>Model folders of this repository that have vectors.</summary>
    public static IEnumerable<string> Models()
    {
        var root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "DistributedMatting.sln"))) root = Path.GetDirectoryName(root);
        var weights = Path.Combine(root ?? ".", "models", "weights");
        return Directory.Exists(weights)
            ? Directory.EnumerateDirectories(weights).Where(model => File.Exists(Path.Combine(model, "vectors", "manifest.json"))).Order()
            : [];
    }
}

/// <summary>Alpha of one patch with its contexts, every <c>Step</c>th row and column.</summary>
public sealed record VectorCase(string File, int Query, IReadOnlyList<int> Contexts, IReadOnlyList<int> Shape)
{
    public float[] Alpha(string folder) =>
        MemoryMarshal.Cast<byte, float>(System.IO.File.ReadAllBytes(Path.Combine(folder, File))).ToArray();
}

/// <summary>Both sides of Eq. 1 of one patch.</summary>
public sealed record PooledSums(float[] QuerySum, float[] ContextSum);
