using System.Text.Json;
using System.Text.Json.Serialization;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Workstation.Files;

namespace DistributedMatting.Cli.Demo;

/// <summary>What a demo folder holds. <c>scene.json</c> says which scene was rendered there, once all of it was.</summary>
internal sealed class DemoFiles(string folder)
{
    private const int MostSceneBytes = 4096;

    private static readonly JsonSerializerOptions Strict = new(JobJson.Options)
    {
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private sealed record RenderedScene(int Size, int Seed, string Version);

    /// <summary>RGB, 16 bits.</summary>
    public string Plate { get; } = Path.Combine(folder, "plate.tif");

    public string Trimap { get; } = Path.Combine(folder, "trimap.png");

    public string TrueAlpha { get; } = Path.Combine(folder, "true-alpha.tif");

    /// <summary>The colours that the true alpha belongs to, RGB, 16 bits.</summary>
    public string TrueForeground { get; } = Path.Combine(folder, "true-foreground.tif");

    /// <summary>The matte that is estimated.</summary>
    public string Alpha { get; } = Path.Combine(folder, "alpha.tif");

    public string Composite { get; } = Path.Combine(folder, "composite.png");

    private string SceneFile { get; } = Path.Combine(folder, "scene.json");

    /// <summary>Makes the folder; refuses to write over pictures that no demo put there.</summary>
    /// <exception cref="InvalidInputException">It cannot be made or written, or holds files of someone else.</exception>
    public void Prepare(bool force)
    {
        OutputPath.MakeFolder(OutputPath.Words.Options, folder);
        if (force || Scene() is not null) return;
        var foreign = new[] { Plate, Trimap, TrueAlpha, TrueForeground, Alpha, ProvenanceFile.PathOf(Alpha), Composite, SceneFile }.FirstOrDefault(Path.Exists);
        if (foreign is not null)
            throw new InvalidInputException($"{foreign} is there and no demo put it there; -o takes another folder, or --force replaces it");
        MarkUnrendered(); // from now on the folder is a demo's
    }

    /// <summary>Whether this very scene lies here whole, from an earlier run of this version.</summary>
    public bool IsRendered(int size, int seed) =>
        Scene() == new RenderedScene(size, seed, ProductVersion.Text) && new[] { Plate, Trimap, TrueAlpha, TrueForeground }.All(File.Exists);

    /// <summary>What lies here is going to be replaced, one file after another.</summary>
    public void MarkUnrendered() => Write(new RenderedScene(0, 0, ""));

    public void MarkRendered(int size, int seed) => Write(new RenderedScene(size, seed, ProductVersion.Text));

    // What a demo of ours has written there; null for nothing, and for what is not ours.
    private RenderedScene? Scene()
    {
        try
        {
            return new FileInfo(SceneFile) is { Exists: true, Length: < MostSceneBytes } ? JsonSerializer.Deserialize<RenderedScene>(File.ReadAllText(SceneFile), Strict) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private void Write(RenderedScene scene) => SideFile.Write(SceneFile, JsonSerializer.Serialize(scene, JobJson.Options) + "\n");
}
