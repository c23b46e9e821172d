using System.Text.Json;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Workstation.Files;

namespace DistributedMatting.Cli.Demo;

/// <summary>What a demo folder holds. <c>scene.json</c> says which scene was rendered there, once all of it was.</summary>
internal sealed class DemoFiles(string folder)
{
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
        if (force || File.Exists(SceneFile)) return;
        var foreign = new[] { Plate, Trimap, TrueAlpha, TrueForeground, Alpha, Composite }.FirstOrDefault(File.Exists);
        if (foreign is not null)
            throw new InvalidInputException($"{foreign} is there and no demo put it there; -o takes another folder, or --force replaces it");
        Write(new RenderedScene(0, 0, "")); // from now on the folder is a demo's
    }

    /// <summary>Whether this very scene lies here whole, from an earlier run of this version.</summary>
    public bool IsRendered(int size, int seed)
    {
        try
        {
            return JsonSerializer.Deserialize<RenderedScene>(File.ReadAllText(SceneFile), JobJson.Options) == new RenderedScene(size, seed, ProductVersion.Text)
                && new[] { Plate, Trimap, TrueAlpha, TrueForeground }.All(File.Exists);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return false;
        }
    }

    public void MarkRendered(int size, int seed) => Write(new RenderedScene(size, seed, ProductVersion.Text));

    private void Write(RenderedScene scene) => SideFile.Write(SceneFile, JsonSerializer.Serialize(scene, JobJson.Options) + "\n");
}
