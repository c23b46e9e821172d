using DistributedMatting.Core;
using DistributedMatting.Imaging.Native;

namespace DistributedMatting.Imaging;

/// <summary>How much of the machine the codecs may take. Holds for the whole process.</summary>
public sealed record VipsOptions
{
    /// <summary>Threads that libvips uses for whole pictures (thumbnails, JPEG, WebP); 1 to 1024. Rows of plates and trimaps are decoded on the thread that asks for them.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Applies the options.</summary>
    /// <exception cref="InvalidInputException">A number is out of range, or libvips is missing.</exception>
    public void Apply()
    {
        if (Threads is < 1 or > 1024)
            throw new InvalidInputException($"threads: {Threads} is out of range; give 1 to 1024");
        Vips.Start();
        LibVips.ConcurrencySet(Threads);
    }
}
