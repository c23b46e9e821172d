using DistributedMatting.Core;
using DistributedMatting.Onnx.Models;

namespace DistributedMatting.Cli.Models;

/// <summary>
/// Finds models by name. Looked into, in this order: the folder that <c>MATTING_MODELS</c> names, <c>weights</c>
/// beside the program, and <c>models/weights</c> of the repository that the program was built in.
/// </summary>
internal static class ModelCatalog
{
    /// <summary>Environment variable that names a folder of models.</summary>
    public const string Variable = "MATTING_MODELS";

    /// <summary>A text file in a folder of models: the name of the one that is meant where none is named.</summary>
    public const string StandardName = "default";

    /// <summary>Opens the model of a name, of a folder, or (null) the standard one.</summary>
    /// <exception cref="InvalidInputException">There is none, or it is damaged.</exception>
    public static ModelFolder Open(string? nameOrFolder) => ModelFolder.Open(Find(nameOrFolder));

    /// <summary>Folders of all models that have a name, each name once.</summary>
    public static IReadOnlyList<string> All() =>
    [
        .. Roots().SelectMany(ModelsIn).DistinctBy(Path.GetFileName).OrderBy(Path.GetFileName, StringComparer.Ordinal),
    ];

    private static string Find(string? nameOrFolder)
    {
        var all = All();
        if (nameOrFolder is null)
        {
            var standard = Roots().Select(root => Path.Combine(root, StandardName)).FirstOrDefault(File.Exists);
            if (standard is not null) return Find(File.ReadAllText(standard).Trim());
            return all.Count > 0
                ? all[0]
                : throw new InvalidInputException($"no model is there; --model takes a folder with a {ModelFolder.CardName}, and {Variable} a folder of such folders");
        }

        if (string.IsNullOrWhiteSpace(nameOrFolder)) throw new InvalidInputException($"--model is empty; {Known(all)}");
        var named = all.FirstOrDefault(folder => Path.GetFileName(folder) == nameOrFolder);
        if (named is not null) return named;
        return Directory.Exists(nameOrFolder) || File.Exists(nameOrFolder)
            ? nameOrFolder
            : throw new InvalidInputException($"--model '{nameOrFolder}' is neither a model's name nor a folder; {Known(all)}");
    }

    private static string Known(IReadOnlyList<string> all) =>
        all.Count > 0 ? "there is: " + string.Join(", ", all.Select(Path.GetFileName)) : "no model is there by name";

    private static IEnumerable<string> Roots()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen) yield return chosen;
        yield return Path.Combine(AppContext.BaseDirectory, "weights");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DistributedMatting.sln")))
                yield return Path.Combine(folder.FullName, "models", "weights");
        }
    }

    private static IEnumerable<string> ModelsIn(string root) =>
        Directory.Exists(root)
            ? Directory.EnumerateDirectories(root).Where(folder => File.Exists(Path.Combine(folder, ModelFolder.CardName)))
            : [];
}
