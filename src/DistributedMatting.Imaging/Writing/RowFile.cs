using DistributedMatting.Core;

namespace DistributedMatting.Imaging;

/// <summary>
/// Rows into a file: gathers them into bands, and encodes a band while the caller fills the next.
/// Holds two bands, whatever the size of the picture.
/// </summary>
internal sealed class RowFile : IDisposable
{
    private readonly OutputFile _file;
    private readonly IRowEncoder _encoder;
    private readonly RowFormat _format;
    private byte[] _filling;
    private byte[] _spare;
    private int _filled;
    private int _rows;
    private Task _encoding = Task.CompletedTask;

    private RowFile(OutputFile file, IRowEncoder encoder, RowFormat format)
    {
        (_file, _encoder, _format) = (file, encoder, format);
        var bytes = checked(encoder.BandRows * format.RowBytes);
        (_filling, _spare) = (GC.AllocateUninitializedArray<byte>(bytes), GC.AllocateUninitializedArray<byte>(bytes));
    }

    internal RowFormat Format => _format;

    /// <exception cref="InvalidInputException">The file cannot be written there.</exception>
    internal static RowFile Create(string path, bool force, RowFormat format, Func<OutputFile, IRowEncoder> encoder)
    {
        var file = OutputFile.Create(path, force);
        try
        {
            return new RowFile(file, encoder(file), format);
        }
        catch (Exception e)
        {
            file.Dispose();
            if (e is IOException or UnauthorizedAccessException)
                throw OutputFile.Refused(path, e);
            throw;
        }
    }

    /// <summary>Room for the next rows, at most <paramref name="rows"/> of them; filled by the caller, then handed over by <see cref="Advance"/>.</summary>
    internal Span<byte> Room(int rows)
    {
        if (_rows + rows > _format.Size.Height)
            throw new ArgumentException($"row {_rows + rows} of {_format.Size.Height} was written");
        var count = Math.Min(rows, _encoder.BandRows - _filled);
        return _filling.AsSpan(_filled * _format.RowBytes, count * _format.RowBytes);
    }

    internal void Advance(int rows)
    {
        _filled += rows;
        _rows += rows;
        if (_filled < _encoder.BandRows && _rows < _format.Size.Height)
            return;
        Wait();
        var (band, count) = (_filling, _filled);
        (_filling, _spare, _filled) = (_spare, band, 0);
        _encoding = Task.Run(() => _encoder.WriteBand(band, count));
    }

    internal void Complete()
    {
        if (_rows != _format.Size.Height)
            throw new InvalidOperationException($"{_file.Path}: {_rows} of {_format.Size.Height} rows were written");
        Wait();
        try
        {
            _encoder.Finish();
            _file.Complete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputFile.Refused(_file.Path, e);
        }
    }

    public void Dispose()
    {
        ((IAsyncResult)_encoding).AsyncWaitHandle.WaitOne();
        _ = _encoding.Exception; // seen: the file is given up
        (_encoder as IDisposable)?.Dispose();
        _file.Dispose();
    }

    private void Wait()
    {
        try
        {
            _encoding.GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputFile.Refused(_file.Path, e);
        }
    }
}
