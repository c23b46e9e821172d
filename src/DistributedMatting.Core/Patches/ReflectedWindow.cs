using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Patches;

/// <summary>
/// A window that may reach past an image's right and lower edges: the one rectangle inside the image that
/// holds every pixel it needs, and how to unfold that rectangle into the window.
/// </summary>
internal readonly struct ReflectedWindow
{
    private readonly PixelRect _window;
    private readonly PixelSize _size;

    public ReflectedWindow(PixelRect window, PixelSize size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(window.Width, nameof(window));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(window.Height, nameof(window));
        if ((uint)window.X >= (uint)size.Width || (uint)window.Y >= (uint)size.Height)
            throw new ArgumentOutOfRangeException(nameof(window), window, $"Must begin inside the image of {size}.");

        _window = window;
        _size = size;
        var (left, right) = Along(window.X, window.Right, size.Width);
        var (top, bottom) = Along(window.Y, window.Bottom, size.Height);
        Read = new PixelRect(left, top, right - left, bottom - top);
    }

    /// <summary>What to read of the image. Never larger than the window.</summary>
    public PixelRect Read { get; }

    public bool IsInside => _window.Right <= _size.Width && _window.Bottom <= _size.Height;

    /// <summary>Spreads the pixels of <see cref="Read"/> over the window, mirrored past the edges.</summary>
    public void Unfold<T>(ReadOnlySpan<T> inside, int samples, Span<T> window)
    {
        var rowLength = _window.Width * samples;
        var straight = Math.Min(_window.Right, _size.Width) - _window.X;
        for (var y = 0; y < _window.Height; y++)
        {
            var sourceY = Reflection.Index(_window.Y + y, _size.Height) - Read.Y;
            var source = inside.Slice(sourceY * Read.Width * samples, Read.Width * samples);
            var target = window.Slice(y * rowLength, rowLength);
            source.Slice((_window.X - Read.X) * samples, straight * samples).CopyTo(target);
            for (var x = straight; x < _window.Width; x++)
            {
                var sourceX = Reflection.Index(_window.X + x, _size.Width) - Read.X;
                source.Slice(sourceX * samples, samples).CopyTo(target[(x * samples)..]);
            }
        }
    }

    // The last pixel past the edge reflects furthest back: further than the window's own beginning
    // when less than half of the window is inside.
    private static (int First, int End) Along(int first, int end, int length)
    {
        if (end <= length) return (first, end);
        var furthest = Math.Max(0, 2 * (length - 1) - (end - 1));
        return (Math.Min(first, furthest), length);
    }
}
