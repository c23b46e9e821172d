using DistributedMatting.Imaging.Native;

namespace DistributedMatting.Imaging;

/// <summary>
/// JPEG and WebP, 8-bit RGB: rows go to a raw file beside the picture, which libvips encodes at the end.
/// Slower than a stream, but bounded in memory for JPEG; WebP is encoded whole, so it is for small pictures.
/// </summary>
internal sealed unsafe class VipsEncoder : IRowEncoder, IDisposable
{
    private readonly OutputFile _file;
    private readonly RowFormat _format;
    private readonly string _saver;
    private readonly OutputFile _raw;

    internal VipsEncoder(OutputFile file, RowFormat format, string saver)
    {
        Vips.Start();
        (_file, _format, _saver) = (file, format, saver);
        _raw = OutputFile.Create($"{file.Partial}.raw", force: true);
        BandRows = Math.Clamp((4 << 20) / format.RowBytes, 1, format.Size.Height);
    }

    public int BandRows { get; }

    public void WriteBand(byte[] rows, int count) => _raw.Stream.Write(rows, 0, count * _format.RowBytes);

    public void Finish()
    {
        try
        {
            _raw.Stream.Flush();
            using var load = new VipsOperation("rawload").Set("filename", _raw.Partial).Set("width", _format.Size.Width)
                .Set("height", _format.Size.Height).Set("bands", 3).Set("format", "uchar").Set("interpretation", "srgb");
            using var image = load.RunForImage();
            if (_format.Icc is { } icc)
                fixed (byte* data = icc.Span)
                    LibVips.SetBlobCopy(image, "icc-profile-data", data, (nuint)icc.Length);
            using var save = new VipsOperation(_saver).SetImage("in", image).Set("filename", _file.Partial).Set("Q", 95);
            save.Run();
        }
        catch (VipsException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    public void Dispose() => _raw.Dispose();
}
