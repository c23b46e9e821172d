namespace DistributedMatting.Imaging.Tests.Making;

/// <summary>A folder of its own for one test, gone afterwards.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imaging-tests-");

    internal string Root => _folder.FullName;

    internal string[] Files => [.. _folder.GetFiles().Select(f => f.Name).Order()];

    internal string At(string name) => Path.Combine(Root, name);

    internal string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(At(name), bytes);
        return At(name);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
