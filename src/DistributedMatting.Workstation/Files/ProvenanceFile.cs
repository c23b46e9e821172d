using System.Text.Json;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;

namespace DistributedMatting.Workstation.Files;

/// <summary>ALPHA.json: where an alpha came from, beside it.</summary>
public static class ProvenanceFile
{
    private const int MostBytes = 1 << 20;

    /// <summary>Where the provenance of an alpha goes.</summary>
    public static string PathOf(string alpha) => alpha + ".json";

    /// <summary>Throws unless the provenance of an alpha may be put there. One of ours goes with its alpha; anybody else's file is kept.</summary>
    /// <param name="words">How the front that asks calls things.</param>
    /// <param name="alpha">The alpha's path, checked already.</param>
    /// <param name="force">Whether anything that is there may be replaced.</param>
    /// <param name="inputs">Files that must never be written over.</param>
    /// <exception cref="InvalidInputException">Says what is in the way.</exception>
    public static void Check(OutputPath.Words words, string alpha, bool force, params string?[] inputs)
    {
        ArgumentNullException.ThrowIfNull(words);
        var path = PathOf(alpha);
        if (!force && File.Exists(path) && !IsOurs(path))
            throw new InvalidInputException($"{path} is where the alpha's provenance goes, and holds something else; move it away or name another {words.Field}, or {words.Replaces}");
        OutputPath.Check(words, path, force: true, inputs);
    }

    /// <summary>The provenance of an alpha, or null where there is none that we wrote.</summary>
    public static MattingProvenance? Read(string alpha)
    {
        try
        {
            var path = PathOf(alpha);
            if (new FileInfo(path) is not { Exists: true, Length: <= MostBytes }) return null;
            return MattingProvenance.FromJson(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>What was done for an alpha, if it is the one that these files, this model and these settings give; else null.</summary>
    public static MattingReport? ReportOf(string alpha, PlateFiles files, MattingModel model)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(model);
        if (!File.Exists(alpha) || files.PlateSha256 is null || Read(alpha) is not { } made) return null;
        var isSame = made.Version == ProductVersion.Text
            && made.PlateFileSha256 == files.PlateSha256 && made.TrimapFileSha256 == files.TrimapSha256
            && made.ModelSha256 == model.Sha256 && made.Device == model.Device && made.Settings == model.Settings;
        return isSame ? made.Report : null;
    }

    /// <summary>What made an alpha, as provenance names it.</summary>
    /// <param name="Name">Of the network or method.</param>
    /// <param name="Sha256">Of what it is made of, 64 hexadecimal digits.</param>
    /// <param name="Device">What it ran on.</param>
    /// <param name="Patch">Side of a patch in pixels; 0 without patches.</param>
    /// <param name="Settings">What the person chose.</param>
    internal sealed record Maker(string Name, string Sha256, string Device, int Patch, MattingSettings Settings);

    /// <summary>Writes where the alpha came from.</summary>
    /// <exception cref="InvalidInputException">There is no room or no right to write.</exception>
    public static void Write(string alpha, PlateFiles files, MattingModel model, MattingReport report, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(clock);
        Write(alpha, files, report, clock, new Maker(model.Name, model.Sha256, model.Device, model.Network.Shape.Patch, model.Settings));
    }

    internal static void Write(string alpha, PlateFiles files, MattingReport report, TimeProvider clock, Maker maker)
    {
        var provenance = new MattingProvenance
        {
            Version = ProductVersion.Text,
            FinishedUtc = clock.GetUtcNow(),
            Plate = Path.GetFileName(files.Plate),
            Trimap = files.Trimap is null ? null : Path.GetFileName(files.Trimap),
            PlateFileSha256 = files.PlateSha256,
            TrimapFileSha256 = files.Trimap is null ? null : files.TrimapSha256,
            Model = maker.Name,
            ModelSha256 = maker.Sha256,
            Device = maker.Device,
            Patch = maker.Patch,
            Settings = maker.Settings,
            Report = report,
        };
        SideFile.Write(PathOf(alpha), provenance.ToJson() + "\n");
    }

    // Of any version: only the name of the software is asked for.
    private static bool IsOurs(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MostBytes) return false;
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("software", out var software)
                && software.ValueKind == JsonValueKind.String && software.ValueEquals(MattingProvenance.SoftwareName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return false;
        }
    }
}
