using DistributedMatting.Core;

namespace DistributedMatting.Cli.Evaluation;

/// <summary>A folder of images with the truth: <c>image/</c>, <c>alpha/</c> and a folder of trimaps, matched by name.</summary>
internal static class EvaluationSet
{
    private static readonly string[] Endings = [".png", ".tif", ".tiff", ".jpg", ".jpeg", ".webp"];

    /// <summary>Finds the images of a set, by name.</summary>
    /// <param name="folder">Holds image/, alpha/ and the trimaps.</param>
    /// <param name="trimaps">Name of the folder of trimaps in it, or a path to one.</param>
    /// <exception cref="InvalidInputException">A folder or a file is missing; names it.</exception>
    public static IReadOnlyList<EvaluationItem> Find(string folder, string trimaps)
    {
        if (string.IsNullOrWhiteSpace(folder)) throw new InvalidInputException("DIR is empty; name a folder that holds the folders image, alpha and trimap1");
        if (File.Exists(folder)) throw new InvalidInputException($"{folder} is a file; DIR is a folder that holds the folders image, alpha and trimap1");
        var images = Pictures(folder, "image");
        var alphas = Pictures(folder, "alpha");
        var maps = Pictures(folder, trimaps);
        if (images.Count == 0) throw new InvalidInputException($"{Path.Combine(folder, "image")} holds no image ({string.Join(", ", Endings)})");

        return
        [
            .. images.OrderBy(image => image.Key, StringComparer.Ordinal).Select(image => new EvaluationItem(
                image.Key, image.Value, Partner(maps, image.Key, folder, trimaps), Partner(alphas, image.Key, folder, "alpha"))),
        ];
    }

    private static Dictionary<string, string> Pictures(string folder, string part)
    {
        var path = Path.Combine(folder, part);
        if (!Directory.Exists(path))
            throw new InvalidInputException($"{path} is not there; evaluate needs the folders image, alpha and trimap1 (or --trimap) in {folder}");

        var pictures = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(path).Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)))
        {
            if (!pictures.TryAdd(Path.GetFileNameWithoutExtension(file), file))
                throw new InvalidInputException($"{path} holds two files named {Path.GetFileNameWithoutExtension(file)}; which one is meant cannot be told");
        }

        return pictures;
    }

    private static string Partner(Dictionary<string, string> pictures, string name, string folder, string part) =>
        pictures.TryGetValue(name, out var file)
            ? file
            : throw new InvalidInputException($"{Path.Combine(folder, part)} holds nothing for the image {name}");
}
