namespace DistributedMatting.Core.Plates;

/// <summary>
/// An alpha matte that leaves as a stream of rows, top to bottom. Disposed before
/// <see cref="Complete"/>, it leaves nothing behind; nobody ever sees half a file.
/// </summary>
public interface IAlphaWriter : IDisposable
{
    /// <summary>Size of the matte.</summary>
    PixelSize Size { get; }

    /// <summary>Writes the next rows.</summary>
    /// <param name="alpha">Whole rows: a multiple of <c>Width</c> values, each 0 to 1.</param>
    void WriteRows(ReadOnlySpan<float> alpha);

    /// <summary>Finishes the file and puts it in its place, in one rename.</summary>
    void Complete();
}
