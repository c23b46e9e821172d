namespace DistributedMatting.Deploy.Tests.Support;

/// <summary>The repository that the tests run from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Chart { get; } = At("helm", "distributed-matting");

    public static string At(params string[] steps) => Path.Combine([Root, .. steps]);

    /// <summary>A program that was built beside the tests; the test is skipped by name where it was not.</summary>
    public static string Built(string project, string name)
    {
        var program = At("src", project, "bin", "Release", "net10.0", name + ".dll");
        Assert.SkipUnless(File.Exists(program), $"{name} was not built here{(project.EndsWith("Silo", StringComparison.Ordinal) ? ": Orleans does not restore from every feed" : "")}");
        return program;
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DistributedMatting.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("the tests must run from inside the repository");
    }
}
