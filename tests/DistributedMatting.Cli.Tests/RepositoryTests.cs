using System.Text.Json;

namespace DistributedMatting.Cli.Tests;

/// <summary>The solution and its filter are lists kept by hand; here they are held against the folders.</summary>
public sealed class RepositoryTests
{
    private static readonly string[] ClusterOnly = ["Cluster", "Silo", "Client", "Chaos"];

    [Fact]
    public void Solution_HoldsEveryProject()
    {
        var solution = File.ReadAllText(Path.Combine(Root(), "DistributedMatting.sln"));
        Assert.DoesNotContain(Projects(), project => !solution.Contains(project, StringComparison.Ordinal));
    }

    [Fact]
    public void WorkstationFilter_HoldsEveryProjectButTheClusters()
    {
        using var filter = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root(), "DistributedMatting.Workstation.slnf")));
        var listed = filter.RootElement.GetProperty("solution").GetProperty("projects").EnumerateArray().Select(p => p.GetString()!);
        var expected = Projects().Where(project => !ClusterOnly.Any(part => project.Contains($"DistributedMatting.{part}", StringComparison.Ordinal)));

        Assert.Equal(expected.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    private static List<string> Projects() =>
    [
        .. new[] { "models", "src", "tests" }
            .SelectMany(part => Directory.EnumerateDirectories(Path.Combine(Root(), part)))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj"))
            .Select(path => Path.GetRelativePath(Root(), path).Replace('/', '\\')),
    ];

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DistributedMatting.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("the tests must run from inside the repository");
    }
}
