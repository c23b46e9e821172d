using System.Text.Json;
using DistributedMatting.Core;
using DistributedMatting.Core.Context;
using DistributedMatting.Core.Networks;
using static DistributedMatting.Onnx.Models.CardLimits;

namespace DistributedMatting.Onnx.Models;

/// <summary>Turns a card's bytes into a <see cref="ModelCard"/>, or into one clear line.</summary>
internal static class CardReader
{
    private const string EveryQuery = "every_query";
    private const string OneSidedQueries = "one_sided_queries";

    /// <param name="path">Where the bytes are from, for messages.</param>
    /// <param name="json">The card, UTF-8.</param>
    /// <exception cref="InvalidInputException">Damaged, not ours, or a field out of its limits.</exception>
    public static ModelCard Read(string path, ReadOnlyMemory<byte> json)
    {
        var root = Parse(path, json);
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("format", out var format)
            || format.ValueKind != JsonValueKind.String
            || format.GetString() != Format)
            throw new InvalidInputException($"{path} is not the card of a matting model: \"format\" must be \"{Format}\".");

        var fields = new CardFields(path, root);
        var shape = ReadShape(fields, root, out var activations);
        var files = fields.Object("files");
        return new ModelCard(
            ShortText(fields, "name"),
            ShortText(fields, "version"),
            fields.Integer("contexts", 0, MaxContexts),
            ReadContextUse(fields, root),
            fields.Integer("margin", 0, shape.Patch / 2),
            shape,
            activations,
            ReadFile(files.Object("encoder")),
            ReadFile(files.Object("matter")),
            root);
    }

    private static ContextUse ReadContextUse(CardFields fields, JsonElement root) =>
        !root.TryGetProperty("context_use", out _) || fields.Text("context_use", $"\"{EveryQuery}\" or \"{OneSidedQueries}\"", text => text is EveryQuery or OneSidedQueries) == EveryQuery
            ? ContextUse.EveryQuery
            : ContextUse.OneSidedQueries;

    private static JsonElement Parse(string path, ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new InvalidInputException(
                $"{path} is damaged: no JSON from line {e.LineNumber + 1} on; take it from where the model came from.", e);
        }
    }

    private static NetworkShape ReadShape(CardFields fields, JsonElement root, out IReadOnlyList<ActivationTensor> activations)
    {
        var patch = fields.Integer("patch", MinPatch, MaxPatch);
        if (patch % Stride != 0)
            throw fields.Wrong("patch", root.GetProperty("patch"), $"a multiple of {Stride}");

        var stride = fields.Integer("stride", Stride, Stride);
        var channels = NetworkInput.PlainChannels + (fields.Flag("priors") ? NetworkInput.PriorChannels : 0);
        fields.Integer("channels", channels, channels);

        activations = [.. fields.Objects("activations", MaxActivations).Select(f => ReadActivation(f, patch))];
        if (activations.Select(a => a.Name).Distinct(StringComparer.Ordinal).Count() != activations.Count)
            throw fields.Wrong("activations", root.GetProperty("activations"), "a list in which every name comes once");

        var shape = new NetworkShape(
            patch, stride, channels,
            fields.Integer("key_channels", 1, MaxTokenChannels),
            fields.Integer("value_channels", 1, MaxTokenChannels),
            ActivationBytes: 0);
        var bytes = shape.Cells + activations.Sum(a => a.Bytes);
        return bytes <= MaxActivationBytes
            ? shape with { ActivationBytes = (int)bytes }
            : throw fields.Wrong("activations", root.GetProperty("activations"),
                $"no more than {MaxActivationBytes >> 20} MiB in all; it is {bytes >> 20} MiB");
    }

    private static ActivationTensor ReadActivation(CardFields fields, int patch)
    {
        var name = ShortText(fields, "name");
        var type = fields.Text("type", "uint8, float16 or float32", text => text is "uint8" or "float16" or "float32");
        var sizes = fields.Integers("shape", count: 4, least: 1, most: Math.Max(patch, MaxActivationChannels));
        return new ActivationTensor(name, type, sizes);
    }

    private static ModelFile ReadFile(CardFields fields) => new(
        fields.Text("file", "the name of an .onnx file in the card's folder", IsFileName),
        fields.Text("sha256", "64 hexadecimal digits", text => text.Length == 64 && text.All(char.IsAsciiHexDigit)).ToLowerInvariant());

    private static string ShortText(CardFields fields, string field) => fields.Text(
        field, $"a text of 1 to {NameLength} characters",
        text => text.Length is > 0 and <= NameLength && !text.Any(char.IsControl));

    // A card never reaches out of its folder.
    private static bool IsFileName(string text) =>
        text.Length is > 5 and <= NameLength
        && text.EndsWith(".onnx", StringComparison.Ordinal)
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
