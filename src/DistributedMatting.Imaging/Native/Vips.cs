using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DistributedMatting.Core;

namespace DistributedMatting.Imaging.Native;

/// <summary>
/// libvips for this process: started once, quiet, without its operation cache, and with every loader blocked
/// but the four that we offer, so that no file's content can reach a decoder we did not choose.
/// </summary>
internal static unsafe class Vips
{
    private static readonly Lazy<bool> Started = new(StartOnce);

    private static readonly string[] Loaders =
        ["VipsForeignLoadPng", "VipsForeignLoadTiff", "VipsForeignLoadJpeg", "VipsForeignLoadWebp"];

    internal static void Start() => _ = Started.Value;

    /// <summary>What libvips has said of its last failure, on one line; empties its buffer.</summary>
    internal static VipsException Failure()
    {
        var buffer = LibVips.ErrorBufferCopy();
        var text = Marshal.PtrToStringUTF8(buffer) ?? "";
        LibVips.Free(buffer);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().Take(3);
        var line = string.Join("; ", lines);
        return new VipsException(line.Length == 0 ? "libvips gives no reason" : line.Length > 300 ? line[..300] + "…" : line);
    }

    private static bool StartOnce()
    {
        LibVipsLoader.Register();
        try
        {
            if (LibVips.Init("distributed-matting") != 0)
                throw new InvalidInputException($"libvips does not start: {Failure().Message}");

            LibVips.LogSetDefaultHandler(&Ignore, 0);
            LibVips.CacheSetMax(0);
            LibVips.BlockUntrustedSet(1);
            LibVips.OperationBlockSet("VipsForeignLoad", 1);
            foreach (var loader in Loaders)
                LibVips.OperationBlockSet(loader, 0);
        }
        catch (EntryPointNotFoundException e)
        {
            throw new InvalidInputException($"{LibVipsLoader.Origin} is too old a libvips (8.13 or newer is needed): run `./matting setup`, which fetches one", e);
        }

        return true;
    }

    // What a decoder grumbles about must not reach standard error; what matters comes back as an error.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Ignore(nint domain, int level, nint message, nint data)
    {
    }
}
