using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Priors.Sampling;

/// <summary>
/// For every unknown cell the pair of a foreground and a background sample that explains it best, out of all pairs, by
/// the random search and propagation of He et al. 2011, Sec. 3.3 (Barnes et al., PatchMatch, 2009). A round reads what the
/// round before it has left and nothing else, and chance comes from the cell and the round: the result is the same with
/// any number of threads.
/// </summary>
internal sealed class PairSearch
{
    /// <summary>How far a round looks for its neighbours' pairs: far at first, for a round carries them one step only.</summary>
    private static readonly int[] steps = [1, 16, 4, 1, 8, 2, 1];

    private readonly ReducedPlate _plate;
    private readonly KnownSample[] _foreground;
    private readonly KnownSample[] _background;
    private readonly int[] _nearestForeground;
    private readonly int[] _nearestBackground;
    private readonly SamplingOptions _options;
    private readonly int _reach;
    private (int Foreground, int Background)[] _last;
    private (int Foreground, int Background)[] _next;

    public PairSearch(ReducedPlate plate, KnownSample[] foreground, KnownSample[] background, int[] nearestForeground, int[] nearestBackground, SamplingOptions options)
    {
        (_plate, _foreground, _background, _nearestForeground, _nearestBackground, _options) =
            (plate, foreground, background, nearestForeground, nearestBackground, options);
        _last = new (int, int)[plate.Regions.Length];
        _next = new (int, int)[plate.Regions.Length];
        _reach = Math.Max(foreground.Length, background.Length);
        Pairs = new ColourPair[plate.Regions.Length];
    }

    /// <summary>The best pair of each unknown cell.</summary>
    public ColourPair[] Pairs { get; }

    /// <summary>The samples of a cell's pair.</summary>
    public (KnownSample Foreground, KnownSample Background) Samples(int at) => (_foreground[_last[at].Foreground], _background[_last[at].Background]);

    public void Run(int threads, CancellationToken cancel)
    {
        for (var round = 0; round <= _options.Rounds; round++)
        {
            var now = round;
            UnknownCells.For(_plate, threads, (x, y) => Cell(x, y, now), cancel);
            (_last, _next) = (_next, _last);
        }
    }

    // Compiled well at once: a plate is done before the runtime would notice that the loop is hot.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Cell(int x, int y, int round)
    {
        var (width, height) = (_plate.Size.Width, _plate.Size.Height);
        var at = y * width + x;
        var chance = new Chance((uint)at, (uint)round);
        var search = new CellSearch(this, at, x, y);
        if (round == 0)
        {
            search.Try((chance.Below(_foreground.Length), chance.Below(_background.Length)));
        }
        else
        {
            search.Keep(_last[at], Pairs[at]);
            var step = steps[round % steps.Length];
            for (var dy = -step; dy <= step; dy += step)
            {
                if (y + dy < 0 || y + dy >= height) continue;
                for (var dx = -step; dx <= step; dx += step)
                {
                    var other = at + dy * width + dx;
                    if (x + dx >= 0 && x + dx < width && other != at && _plate.Regions[other] == (byte)Region.Unknown) search.Try(_last[other]);
                }
            }

            // Ever nearer to the best pair so far.
            for (var share = 1f; share * _reach > 1; share *= 0.5f)
                search.Try((chance.Near(search.Best.Foreground, share, _foreground.Length), chance.Near(search.Best.Background, share, _background.Length)));
        }

        _next[at] = search.Best;
        Pairs[at] = search.Pair;
    }

    /// <summary>The search of one cell in one round.</summary>
    private ref struct CellSearch
    {
        private readonly PairSearch _search;
        private readonly Vector128<float> _colour;
        private readonly (float, float) _near;
        private readonly int _x, _y;

        public CellSearch(PairSearch search, int at, int x, int y)
        {
            (_search, _x, _y) = (search, x, y);
            _colour = KnownSamples.Colour(search._plate, at);
            _near = (OneOver(search._nearestForeground[at]), OneOver(search._nearestBackground[at]));
        }

        public (int Foreground, int Background) Best { get; private set; }

        public ColourPair Pair { get; private set; } = new(0.5f, 1, float.PositiveInfinity);

        public void Keep((int Foreground, int Background) best, ColourPair pair) => (Best, Pair) = (best, pair);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Try((int Foreground, int Background) pair)
        {
            if (pair == Best && Pair.Cost < float.PositiveInfinity) return;
            var found = ColourPair.Of(_colour, _x, _y, _near, _search._foreground[pair.Foreground], _search._background[pair.Background], _search._options.MixtureCost, Pair.Cost);
            if (found.Cost < Pair.Cost) (Best, Pair) = (pair, found);
        }

        private readonly float OneOver(int nearest)
        {
            var width = _search._plate.Size.Width;
            float dx = nearest % width - _x, dy = nearest / width - _y;
            return 1 / MathF.Sqrt(dx * dx + dy * dy);
        }
    }
}
