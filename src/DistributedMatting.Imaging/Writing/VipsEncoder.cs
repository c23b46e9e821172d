using DistributedMatting.Imaging.Native;

namespace DistributedMatting.Imaging;

/// <summary>
/// JPEG and WebP, 8-bit RGB: rows go to a scratch TIFF beside the picture, which libvips encodes at the end, reading it as rows.
/// JPEG is bounded in memory; WebP is encoded whole by its nature.
/// </summary>
internal sealed unsafe class VipsEncoder : IRowEncoder, IDisposable
{
    private readonly OutputFile _file;
    private readonly RowFormat _format;
    private readonly string _saver;
    private readonly ScratchFile _scratch;
    private readonly TiffEncoder _tiff;

    internal VipsEncoder(OutputFile file, RowFormat format, string saver, int threads)
    {
        Vips.Start();
        (_file, _format, _saver) = (file, format, saver);
        _scratch = new ScratchFile(Path.GetDirectoryName(file.Partial)!, file.Path);
        _tiff = new TiffEncoder(_scratch.Stream, format, threads);
    }

    public int BandRows => _tiff.BandRows;

    public void WriteBand(byte[] rows, int count) => _tiff.WriteBand(rows, count);

    public void Finish()
    {
        _tiff.Finish();
        _scratch.Stream.Flush();
        try
        {
            using var load = new VipsOperation("tiffload").Set("filename", _scratch.Path).Set("access", "sequential").Set("fail-on", "error");
            using var image = load.RunForImage();
            using var save = new VipsOperation(_saver).SetImage("in", image).Set("filename", _file.Partial).Set("Q", 95);
            save.Run();
        }
        catch (VipsException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    public void Dispose() => _scratch.Dispose();
}
