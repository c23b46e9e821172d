using System.Text.Json;
using DistributedMatting.Core;

namespace DistributedMatting.Onnx.Models;

/// <summary>Reads single fields of a card; what is wrong becomes one line that names the file and the field.</summary>
internal sealed class CardFields(string path, JsonElement element, string prefix = "")
{
    public int Integer(string field, int least, int most)
    {
        var value = Get(field);
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most)
            return number;
        throw Wrong(field, value, least == most ? $"{least}" : $"a whole number from {least} to {most}");
    }

    public bool Flag(string field) => Get(field) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        var value => throw Wrong(field, value, "true or false"),
    };

    public string Text(string field, string right, Func<string, bool> isRight)
    {
        var value = Get(field);
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text && isRight(text))
            return text;
        throw Wrong(field, value, right);
    }

    public CardFields Object(string field)
    {
        var value = Get(field);
        if (value.ValueKind != JsonValueKind.Object)
            throw Wrong(field, value, "an object");
        return new CardFields(path, value, $"{prefix}{field}.");
    }

    public List<CardFields> Objects(string field, int most)
    {
        var value = Get(field);
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() is 0 || value.GetArrayLength() > most)
            throw Wrong(field, value, $"a list of 1 to {most} objects");

        return [.. value.EnumerateArray().Select((item, i) => item.ValueKind == JsonValueKind.Object
            ? new CardFields(path, item, $"{prefix}{field}[{i}].")
            : throw Wrong($"{field}[{i}]", item, "an object"))];
    }

    public int[] Integers(string field, int count, int least, int most)
    {
        var value = Get(field);
        var numbers = new List<int>(count);
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == count)
        {
            foreach (var item in value.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var number) && number >= least && number <= most)
                    numbers.Add(number);
            }
        }
        return numbers.Count == count ? [.. numbers] : throw Wrong(field, value, least == most ? $"{count} times {least}" : $"{count} whole numbers from {least} to {most}");
    }

    public InvalidInputException Wrong(string field, JsonElement value, string right) =>
        new($"{path}: \"{prefix}{field}\" is {Shown(value)}; it must be {right}.");

    private JsonElement Get(string field) => element.TryGetProperty(field, out var value)
        ? value
        : throw new InvalidInputException($"{path}: \"{prefix}{field}\" is missing; export the model again, or name another one.");

    // A card may hold anything; a message stays one short line.
    private static string Shown(JsonElement value)
    {
        var text = value.GetRawText().ReplaceLineEndings(" ");
        return text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 57), "…");
    }
}
