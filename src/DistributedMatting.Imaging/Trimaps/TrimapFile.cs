using System.Runtime.InteropServices;
using DistributedMatting.Core;
using DistributedMatting.Core.Plates;
using DistributedMatting.Imaging.Native;

namespace DistributedMatting.Imaging;

/// <summary>
/// A trimap in a PNG, TIFF, JPEG or WebP file of any bit depth, palettes included. A value up to 5 of 255 is background,
/// from 250 on foreground, all between is unknown. Colour files must be grey in all but name (JPEG noise is forgiven);
/// an alpha channel is ignored, unless it is what is asked for (<see cref="OpenAlphaOf"/>). Streams as <see cref="PlateFile"/> does.
/// </summary>
public sealed class TrimapFile : ITrimapReader
{
    /// <summary>Channels further apart than this (of 65535) make a pixel coloured…</summary>
    private const int ColouredApart = 32 * 257;

    /// <summary>…and more coloured pixels than one in this many make a colour picture.</summary>
    private const int ColouredOneIn = 100;

    private readonly ImageRows _rows;
    private readonly bool _ofAlpha;
    private readonly long[] _regions = new long[3];
    private readonly long[] _greys = new long[256];
    private long _coloured;
    private ushort[] _samples = [];

    private TrimapFile(ImageRows rows, bool ofAlpha) => (_rows, _ofAlpha) = (rows, ofAlpha);

    /// <inheritdoc/>
    public PixelSize Size => _rows.Info.Size;

    /// <summary>What the header says.</summary>
    public PlateInfo Info => _rows.Info;

    /// <summary>What was found in the rows read so far.</summary>
    public TrimapReport Report
    {
        get
        {
            var odd = Enumerable.Range(0, 256).Where(v => !_ofAlpha && !RegionRule.Expected(v) && _greys[v] > 0).ToArray();
            var examples = odd.OrderByDescending(v => _greys[v]).Take(5).Select(v => (v, _greys[v])).ToArray();
            return new TrimapReport(_regions[0], _regions[1], _regions[2], odd.Sum(v => _greys[v]), examples);
        }
    }

    /// <summary>Opens a trimap and checks that it fits its plate.</summary>
    /// <param name="path">The file.</param>
    /// <param name="plate">The plate's upright size.</param>
    /// <param name="limits">What the file may claim to be; <see cref="ImageLimits.Default"/> if null.</param>
    /// <exception cref="InvalidInputException">As <see cref="PlateFile.Open"/>, or of another size than the plate.</exception>
    public static TrimapFile Open(string path, PixelSize plate, ImageLimits? limits = null)
    {
        var rows = ImageOpening.Open(path, limits);
        if (rows.Info.Size == plate)
            return new TrimapFile(rows, ofAlpha: false);
        rows.Dispose();
        throw new InvalidInputException($"{path}: the trimap is {rows.Info.Size} and the plate is {plate}; give a trimap of the plate's size");
    }

    /// <summary>Takes the trimap from a plate's own alpha channel: 0 is background, full is foreground, all between is unknown.</summary>
    /// <param name="platePath">The plate's file.</param>
    /// <param name="limits">What the file may claim to be; <see cref="ImageLimits.Default"/> if null.</param>
    /// <exception cref="InvalidInputException">As <see cref="PlateFile.Open"/>, or the plate has no alpha channel.</exception>
    public static TrimapFile OpenAlphaOf(string platePath, ImageLimits? limits = null)
    {
        var rows = ImageOpening.Open(platePath, limits);
        if (rows.Info.HasAlpha)
            return new TrimapFile(rows, ofAlpha: true);
        rows.Dispose();
        throw new InvalidInputException($"{platePath}: has no alpha channel to take the trimap from; give a trimap file");
    }

    /// <inheritdoc/>
    public void ReadRows(Span<byte> regions)
    {
        if (regions.Length % Size.Width != 0)
            throw new ArgumentException($"whole rows of {Size.Width} values are needed, not {regions.Length} values", nameof(regions));

        while (regions.Length > 0)
        {
            var bytes = _rows.Take(regions.Length / Size.Width, out var taken);
            var count = taken * Size.Width * _rows.Bands;
            if (_samples.Length < count)
                _samples = GC.AllocateUninitializedArray<ushort>(count);
            if (_rows.Format == VipsFormat.Float)
                CheckRange(bytes);
            Samples.ToUShort(bytes, _rows.Format, _samples.AsSpan(0, count));
            Classify(_samples.AsSpan(0, count), regions[..(taken * Size.Width)]);
            regions = regions[(taken * Size.Width)..];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();

    private void Classify(ReadOnlySpan<ushort> samples, Span<byte> regions)
    {
        var bands = _rows.Bands;
        if (bands == 1)
        {
            ClassifyRuns(samples, regions);
            return;
        }
        var colour = !_ofAlpha && bands >= 3;
        for (int i = 0, j = _ofAlpha ? bands - 1 : 0; i < regions.Length; i++, j += bands)
        {
            var grey = samples[j];
            if (colour)
                grey = Grey(grey, samples[j + 1], samples[j + 2]);
            regions[i] = Count(grey, 1);
        }

        if (_coloured > Size.Pixels / ColouredOneIn)
            throw new InvalidInputException($"{Info.Path}: is a colour picture, not a trimap; a trimap is grey: 0 background, 128 unknown, 255 foreground");
    }

    // A drawn trimap is long runs of a few greys.
    private void ClassifyRuns(ReadOnlySpan<ushort> greys, Span<byte> regions)
    {
        while (greys.Length > 0)
        {
            var run = greys.IndexOfAnyExcept(greys[0]);
            if (run < 0) run = greys.Length;
            regions[..run].Fill(Count(greys[0], run));
            greys = greys[run..];
            regions = regions[run..];
        }
    }

    private byte Count(ushort grey, int pixels)
    {
        var region = _ofAlpha ? RegionRule.OfAlpha(grey) : RegionRule.OfTrimap(grey);
        _regions[(int)region] += pixels;
        _greys[(grey + 128) / 257] += pixels;
        return (byte)region;
    }

    private ushort Grey(int red, int green, int blue)
    {
        if (red == green && green == blue)
            return (ushort)red;
        if (Math.Max(red, Math.Max(green, blue)) - Math.Min(red, Math.Min(green, blue)) > ColouredApart)
            _coloured++;
        return (ushort)((red + green + blue + 1) / 3);
    }

    // 0, 128 and 255 as floats would silently become a trimap without an unknown pixel. Only the bands that are read
    // as a trimap: the colours beside a plate's alpha may well be brighter than 1.
    private void CheckRange(ReadOnlySpan<byte> bytes)
    {
        var values = MemoryMarshal.Cast<byte, float>(bytes);
        var bands = _rows.Bands;
        var (first, end) = _ofAlpha ? (bands - 1, bands) : (0, bands < 3 ? 1 : 3);
        for (var pixel = 0; pixel < values.Length; pixel += bands)
            foreach (var value in values[(pixel + first)..(pixel + end)])
                if (!(value <= 1.001f))
                    throw new InvalidInputException($"{Info.Path}: holds the float value {value:g4}; a float trimap holds 0 (background) to 1 (foreground)");
    }
}
