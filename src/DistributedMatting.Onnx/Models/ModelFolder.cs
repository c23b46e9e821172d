using System.Security.Cryptography;
using System.Text;
using DistributedMatting.Core;

namespace DistributedMatting.Onnx.Models;

/// <summary>An exported model on disk: <c>card.json</c> and the parts that it names. Proved whole when opened.</summary>
public sealed class ModelFolder
{
    /// <summary>Name of the card in its folder.</summary>
    public const string CardName = "card.json";

    private ModelFolder(string path, ModelCard card)
    {
        Path = path;
        Card = card;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>What its card says.</summary>
    public ModelCard Card { get; }

    /// <summary>
    /// Hash of what an alpha depends on: both parts. 64 lower-case hexadecimal digits. What a card says
    /// about training or quality does not change it.
    /// </summary>
    public string Sha256 =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{Card.Encoder.Sha256}\n{Card.Matter.Sha256}\n")));

    /// <summary>Opens a model folder and checks every byte in it that a network is made of.</summary>
    /// <param name="path">The folder, or the card in it.</param>
    /// <exception cref="InvalidInputException">Missing, damaged, or not a model of ours: one line.</exception>
    public static ModelFolder Open(string path)
    {
        if (System.IO.Path.GetFileName(path) == CardName)
            path = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        if (File.Exists(path))
            throw new InvalidInputException($"model {path} is a file; name the folder with a {CardName} in it.");
        if (!Directory.Exists(path))
            throw new InvalidInputException($"model {path} is not there; name a folder with a {CardName} in it.");

        var cardPath = System.IO.Path.Combine(path, CardName);
        if (!File.Exists(cardPath))
            throw new InvalidInputException($"{path} is not a model folder: it has no {CardName}.");

        var card = CardReader.Read(cardPath, ModelBytes.Read(cardPath, CardLimits.CardBytes));
        var folder = new ModelFolder(path, card);
        foreach (var part in new[] { card.Encoder, card.Matter })
            ModelBytes.Verify(folder.PathOf(part), part.Sha256);
        return folder;
    }

    /// <summary>A part's bytes, checked against the card once more: it may have changed since it was opened.</summary>
    internal byte[] Read(ModelFile part) => ModelBytes.ReadVerified(PathOf(part), part.Sha256);

    /// <summary>Where a part is.</summary>
    internal string PathOf(ModelFile part) => System.IO.Path.Combine(Path, part.File);
}
