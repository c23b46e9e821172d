using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DistributedMatting.Core.Plates;

namespace DistributedMatting.Core.Priors.Sampling;

/// <summary>
/// For every unknown cell the pair of a foreground and a background sample that explains it best, out of all pairs, by
/// the random search and propagation of He et al. 2011, Sec. 3.3 (Barnes et al., PatchMatch, 2009), eight cells of a row
/// at a time. A round reads what the round before it has left and nothing else, and chance comes from the cell and the
/// round: the result is the same with any number of threads.
/// </summary>
internal sealed class PairSearch
{
    /// <summary>How far a round looks for its neighbours' pairs: far at first, for a round carries them one step only.</summary>
    private static readonly int[] steps = [1, FarthestStep, 4, 1, 8, 2, 1];

    private readonly ReducedPlate _plate;
    private readonly KnownSample[] _foreground;
    private readonly KnownSample[] _background;
    private readonly Nearness _near;
    private readonly SamplingOptions _options;
    private readonly int _reach;
    private PairGrid _last;
    private PairGrid _next;

    /// <summary>The farthest neighbour of <see cref="steps"/>.</summary>
    public const int FarthestStep = 16;

    public PairSearch(ReducedPlate plate, KnownSample[] foreground, KnownSample[] background, Nearness near, SamplingOptions options)
    {
        (_plate, _foreground, _background, _near, _options) = (plate, foreground, background, near, options);
        (_last, _next) = (new PairGrid(plate.Size), new PairGrid(plate.Size));
        _reach = Math.Max(foreground.Length, background.Length);
    }

    /// <summary>The cost of a cell's pair.</summary>
    public float Cost(int x, int y) => _last.Cost(_last.At(x, y));

    public void Run(int threads, CancellationToken cancel)
    {
        for (var round = 0; round <= _options.Rounds; round++)
        {
            var now = (uint)round;
            UnknownCells.ForEights(_plate, threads, (x, y) => Search(x, y, now), cancel);
            (_last, _next) = (_next, _last);
        }
    }

    /// <summary>How the best pairs of eight cells explain them, and the squared spread of their colours; nonsense where a cell is known.</summary>
    public (ColourPairs Pairs, Vector256<float> Spread) Explain(int x, int y)
    {
        var best = _last.Load(_last.At(x, y));
        var foreground = Colours.Of(_foreground, Vector256.Max(best.Foreground, Vector256<int>.Zero));
        var background = Colours.Of(_background, Vector256.Max(best.Background, Vector256<int>.Zero));
        var span = foreground - background;
        return (ColourPairs.Of(Cells(x, y).Colour, foreground, background, _options.MixtureCost), Colours.Dot(span, span));
    }

    // Compiled well at once: a plate is done before the runtime would notice that the loop is hot.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Search(int x, int y, uint round)
    {
        var cell = Vector256.Create((uint)(y * _plate.Size.Width + x)) + Vector256<uint>.Indices;
        var chance = new Chances(cell, round);
        var cells = Cells(x, y);
        var at = _last.At(x, y);
        Pairs best;
        if (round == 0)
        {
            best = None(x, y);
            Improve(ref best, cells, chance.Below(_foreground.Length), chance.Below(_background.Length));
        }
        else
        {
            best = _last.Load(at);
            var step = steps[round % (uint)steps.Length];
            for (var row = y - step; row <= y + step; row += step)
            {
                if (row < 0 || row >= _plate.Size.Height) continue;
                for (var column = x - step; column <= x + step; column += step)
                {
                    if (row == y && column == x) continue;
                    var other = _last.Load(_last.At(column, row));
                    Improve(ref best, cells, other.Foreground, other.Background);
                }
            }

            // Ever nearer to the best pair so far.
            for (var share = 1f; share * _reach > 1; share *= 0.5f)
                Improve(ref best, cells, chance.Near(best.Foreground, share, _foreground.Length), chance.Near(best.Background, share, _background.Length));
        }

        _next.Store(best, at);
    }

    /// <summary>What the unknown ones of eight cells begin with: anything is better.</summary>
    private Pairs None(int x, int y)
    {
        var present = Vector256<int>.Zero;
        var row = _plate.Regions.AsSpan(y * _plate.Size.Width, _plate.Size.Width);
        for (var i = 0; i < PairGrid.Lanes && x + i < row.Length; i++)
            if (row[x + i] == (byte)Region.Unknown) present = present.WithElement(i, -1);
        return new Pairs(~present, ~present, Vector256.Create(float.PositiveInfinity));
    }

    /// <summary>Takes another pair in each lane where there are both and it is better.</summary>
    // On its own: with three copies of it inside the search the compiler would leave off inlining what it calls.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Improve(ref Pairs best, in SearchedCells cells, Vector256<int> foreground, Vector256<int> background)
    {
        var present = best.Present & new Pairs(foreground, background, best.Cost).Present;
        var (f, b) = (Vector256.Max(foreground, Vector256<int>.Zero), Vector256.Max(background, Vector256<int>.Zero));
        var cost = ColourPairs.Of(cells.Colour, Colours.Of(_foreground, f), Colours.Of(_background, b), _options.MixtureCost).Cost;
        // Most eights end here, before their places are looked at.
        if ((Vector256.LessThan(cost, best.Cost).AsInt32() & present) == Vector256<int>.Zero) return;
        cost += cells.Distance(_foreground, f) * cells.NearForeground + cells.Distance(_background, b) * cells.NearBackground;
        var wins = Vector256.LessThan(cost, best.Cost).AsInt32() & present;
        best = new Pairs(
            Vector256.ConditionalSelect(wins, foreground, best.Foreground),
            Vector256.ConditionalSelect(wins, background, best.Background),
            Vector256.ConditionalSelect(wins.AsSingle(), cost, best.Cost));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private SearchedCells Cells(int x, int y)
    {
        var at = y * _plate.Size.Width + x;
        var plane = _plate.Regions.Length;
        var colour = new Colours(Eight.Load(_plate.Rgb, at), Eight.Load(_plate.Rgb, plane + at), Eight.Load(_plate.Rgb, 2 * plane + at));
        return new SearchedCells(
            colour, Vector256.Create((float)x) + Vector256<float>.Indices, Vector256.Create((float)y),
            Eight.Load(_near.Foreground, at), Eight.Load(_near.Background, at));
    }
}
