using DistributedMatting.Core.Plates;
using DistributedMatting.Core.Stitching;
using DistributedMatting.Core.Storage;
using DistributedMatting.Workstation.Timing;

namespace DistributedMatting.Workstation.Stitching;

/// <summary>The alpha file as the last taker of rows: times it, and says it plainly when its disk is full.</summary>
internal sealed class AlphaFile(Func<PixelSize, IAlphaWriter> open, PixelSize size, ThreadTime time) : IAlphaRows, IDisposable
{
    private const string Name = "The alpha file";

    private readonly IAlphaWriter _writer = Plainly(() => open(size));

    public void Write(int firstRow, ReadOnlySpan<float> alpha, ReadOnlySpan<byte> regions)
    {
        using var _ = time.Of(Work.FileEncode);
        try
        {
            _writer.WriteRows(alpha);
        }
        catch (Exception error) when (DiskErrors.Explain(error, Name) is { } line)
        {
            throw line;
        }
    }

    public void Complete()
    {
        using var _ = time.Of(Work.FileFinish);
        Plainly(() =>
        {
            _writer.Complete();
            return true;
        });
    }

    public void Dispose() => _writer.Dispose();

    private static T Plainly<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (DiskErrors.Explain(error, Name) is { } line)
        {
            throw line;
        }
    }
}
