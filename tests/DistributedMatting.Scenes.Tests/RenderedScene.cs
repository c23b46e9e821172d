using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace DistributedMatting.Scenes.Tests;

/// <summary>A whole small scene in memory, rendered in bands as a test asks.</summary>
internal sealed class RenderedScene
{
    private RenderedScene(int size)
    {
        Size = size;
        Rgb = new ushort[3 * size * size];
        Foreground = new ushort[3 * size * size];
        Background = new ushort[3 * size * size];
        Alpha = new float[size * size];
        Trimap = new byte[size * size];
    }

    public int Size { get; }

    public ushort[] Rgb { get; }

    public ushort[] Foreground { get; }

    public ushort[] Background { get; }

    public float[] Alpha { get; }

    public byte[] Trimap { get; }

    public static RenderedScene Of(Scene scene, int threads, int bandRows)
    {
        var size = scene.Size.Width;
        var renderer = new SceneRenderer(scene, threads);
        var band = new SceneBand(withBackground: true);
        var whole = new RenderedScene(size);
        for (var y = 0; y < size; y += bandRows)
        {
            renderer.RenderBand(y, Math.Min(bandRows, size - y), band, TestContext.Current.CancellationToken);
            band.Rgb.CopyTo(whole.Rgb, 3 * y * size);
            band.ForegroundRgb.CopyTo(whole.Foreground, 3 * y * size);
            band.BackgroundRgb.CopyTo(whole.Background, 3 * y * size);
            band.Alpha.CopyTo(whole.Alpha, y * size);
            band.Trimap.CopyTo(whole.Trimap, y * size);
        }

        return whole;
    }

    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<ushort>(Rgb));
        hash.AppendData(MemoryMarshal.AsBytes<ushort>(Foreground));
        hash.AppendData(MemoryMarshal.AsBytes<ushort>(Background));
        hash.AppendData(MemoryMarshal.AsBytes<float>(Alpha));
        hash.AppendData(Trimap);
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
