using DistributedMatting.Core.Plates;

namespace DistributedMatting.Scenes.Tests;

public sealed class TrimapTests(SceneFixture fixture)
{
    [Fact]
    public void KnownPixels_HaveThatAlpha()
    {
        var s = fixture.Whole;
        for (var i = 0; i < s.Trimap.Length; i++)
        {
            if (s.Trimap[i] == (byte)Region.Foreground) Assert.Equal(1f, s.Alpha[i]);
            if (s.Trimap[i] == (byte)Region.Background) Assert.Equal(0f, s.Alpha[i]);
        }
    }

    [Fact]
    public void MixedPixels_AreWidened()
    {
        // At this size the reach is the least there is: 2 pixels.
        var s = fixture.Whole;
        for (var y = 2; y < s.Size - 2; y++)
        {
            for (var x = 2; x < s.Size - 2; x++)
            {
                var i = y * s.Size + x;
                if (s.Alpha[i] is 0f or 1f) continue;
                foreach (var near in new[] { i - 2, i + 2, i - 2 * s.Size, i + 2 * s.Size, i - s.Size - 1, i + s.Size + 1 })
                {
                    Assert.Equal((byte)Region.Unknown, s.Trimap[near]);
                }
            }
        }
    }

    [Fact]
    public void UnknownShare_IsWithinLimits()
    {
        var unknown = fixture.Whole.Trimap.Count(r => r == (byte)Region.Unknown);
        var mixed = fixture.Whole.Alpha.Count(a => a is > 0f and < 1f);

        Assert.InRange(unknown / (double)fixture.Whole.Trimap.Length, 0.15, 0.40);
        Assert.True(unknown > mixed);
    }

    [Fact]
    public void SomePatches_AreWhollyUnknown()
    {
        // A patch of 320 pixels on a plate of 6000 is one of 27 here, in steps of 288 · 512 / 6000 pixels.
        var s = fixture.Whole;
        var whole = 0;
        for (var row = 0; row < 20; row++)
        {
            for (var column = 0; column < 20; column++)
            {
                var (left, top) = (column * 288 * 512 / 6000, row * 288 * 512 / 6000);
                var all = true;
                for (var y = top; y < top + 27 && all; y++)
                {
                    all = !s.Trimap.AsSpan(y * s.Size + left, 27).ContainsAnyExcept((byte)Region.Unknown);
                }

                if (all) whole++;
            }
        }

        Assert.True(whole >= 8, $"{whole} patches are wholly unknown, 8 are wanted");
    }
}
