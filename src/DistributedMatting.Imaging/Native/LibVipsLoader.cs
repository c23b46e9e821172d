using System.Reflection;
using System.Runtime.InteropServices;
using DistributedMatting.Core;

namespace DistributedMatting.Imaging.Native;

/// <summary>Finds libvips: the one beside our assemblies first (see eng/natives.sh), the system's otherwise.</summary>
internal static class LibVipsLoader
{
    internal const string Name = "libvips";

    /// <summary>Where the library was found, for <c>matting info</c>.</summary>
    internal static string Origin { get; private set; } = "not loaded";

    internal static void Register() =>
        NativeLibrary.SetDllImportResolver(typeof(LibVipsLoader).Assembly, (name, _, _) => name == Name ? Load() : 0);

    private static nint Load()
    {
        foreach (var candidate in Candidates())
            if (NativeLibrary.TryLoad(candidate, out var handle))
            {
                Origin = candidate;
                return handle;
            }

        throw new InvalidInputException("libvips, which reads and writes the images, was not found: run `./matting setup`, which fetches it, then build again");
    }

    private static IEnumerable<string> Candidates()
    {
        yield return Path.Combine(AppContext.BaseDirectory, "libvips.so");
        if (Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location) is { Length: > 0 } folder)
            yield return Path.Combine(folder, "libvips.so");
        yield return "libvips.so.42";
    }
}
