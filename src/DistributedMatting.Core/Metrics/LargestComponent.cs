using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Metrics;

/// <summary>Finds the largest 4-connected part of an image; among equals the one that begins first in row order.</summary>
internal sealed class LargestComponent(PixelSize size)
{
    private readonly int[] _labels = new int[size.Pixels];
    private readonly int[] _queue = new int[size.Pixels];
    private int _largest;

    /// <summary>Whether a pixel is in the part that was found last.</summary>
    public bool Contains(int pixel) => _largest > 0 && _labels[pixel] == _largest;

    /// <summary>Looks among the pixels of at least a threshold. The result lives until the next call.</summary>
    public LargestComponent AtLeast(ReadOnlySpan<float> image, float threshold)
    {
        Array.Clear(_labels);
        _largest = 0;
        var (labels, largestSize) = (0, 0);
        for (var i = 0; i < image.Length; i++)
        {
            if (_labels[i] != 0 || image[i] < threshold) continue;
            var found = Flood(image, threshold, i, ++labels);
            if (found <= largestSize) continue;
            largestSize = found;
            _largest = labels;
        }
        return this;
    }

    private int Flood(ReadOnlySpan<float> image, float threshold, int start, int label)
    {
        var (head, tail) = (0, 1);
        _queue[0] = start;
        _labels[start] = label;
        for (; head < tail; head++)
        {
            var pixel = _queue[head];
            var x = pixel % size.Width;
            if (x > 0) Visit(image, pixel - 1);
            if (x < size.Width - 1) Visit(image, pixel + 1);
            if (pixel >= size.Width) Visit(image, pixel - size.Width);
            if (pixel < image.Length - size.Width) Visit(image, pixel + size.Width);
        }
        return tail;

        void Visit(ReadOnlySpan<float> pixels, int pixel)
        {
            if (_labels[pixel] != 0 || pixels[pixel] < threshold) return;
            _labels[pixel] = label;
            _queue[tail++] = pixel;
        }
    }
}
