using System.Buffers.Binary;
using DistributedMatting.Core;
using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Priors;

namespace DistributedMatting.PriorsServer;

/// <summary>
/// One request, little-endian: int32 magic, width, height, pixel budget, windows; int32 x, y, side a window;
/// width × height × 3 bytes of RGB; width × height bytes of trimap (below 64 background, above 191 foreground).
/// </summary>
internal sealed record PriorRequest(PixelSize Size, int Pixels, PixelRect[] Windows, byte[] Rgb, byte[] Trimap)
{
    /// <summary>"DPR1".</summary>
    public const int Magic = 0x31525044;

    const int MostPixels = 64_000_000;
    const int MostWindows = 4096;
    const int LargestSide = 4096;

    /// <summary>The next request, or null at the input's end.</summary>
    /// <exception cref="InvalidInputException">The bytes are not a request.</exception>
    public static PriorRequest? Read(Stream input)
    {
        Span<byte> header = stackalloc byte[20];
        var got = input.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (got == 0) return null;
        if (got < header.Length) throw new InvalidInputException("request: it ends within its header of 20 bytes");

        var (magic, width, height, pixels, count) = (Int(header, 0), Int(header, 1), Int(header, 2), Int(header, 3), Int(header, 4));
        if (magic != Magic) throw new InvalidInputException($"request: it begins with 0x{magic:x8}, not 0x{Magic:x8}");
        if (width < 1 || height < 1 || (long)width * height > MostPixels)
            throw new InvalidInputException($"request: {width}×{height} is not possible; give at least 1×1 and at most {MostPixels} pixels");
        if (pixels is < PriorOptions.LeastPixels or > PriorOptions.MostPixels)
            throw new InvalidInputException($"request: a budget of {pixels} pixels is not possible; give {PriorOptions.LeastPixels} to {PriorOptions.MostPixels}");
        if (count is < 0 or > MostWindows)
            throw new InvalidInputException($"request: {count} windows are not possible; give 0 to {MostWindows}");

        var bytes = new byte[12 * count];
        input.ReadExactly(bytes);
        var windows = new PixelRect[count];
        for (var i = 0; i < count; i++)
        {
            var (x, y, side) = (Int(bytes, 3 * i), Int(bytes, 3 * i + 1), Int(bytes, 3 * i + 2));
            if (side is < 1 or > LargestSide || Math.Abs((long)x) > MostPixels || Math.Abs((long)y) > MostPixels)
                throw new InvalidInputException($"request: a window of side {side} at {x}, {y} is not possible; sides are 1 to {LargestSide}");
            windows[i] = new PixelRect(x, y, side, side);
        }

        var rgb = new byte[3 * width * height];
        var trimap = new byte[width * height];
        input.ReadExactly(rgb);
        input.ReadExactly(trimap);
        return new PriorRequest(new PixelSize(width, height), pixels, windows, rgb, trimap);
    }

    static int Int(ReadOnlySpan<byte> bytes, int index) => BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * index)..]);
}
