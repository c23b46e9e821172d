using DistributedMatting.Core.Context;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service.Results;
using DistributedMatting.Core.Patches;

namespace DistributedMatting.Workstation.Results;

/// <summary>How a job's plate was cut, where each patch stands, and what it drew on. Many threads write and read at once.</summary>
public sealed class PatchRecord
{
    private readonly Lock _gate = new();
    private readonly PatchState[] _states;
    private readonly Dictionary<int, RankedContexts> _contexts;

    /// <param name="grid">How it was cut.</param>
    /// <param name="states">One a patch.</param>
    /// <param name="contexts">Of queries that were ranked before.</param>
    public PatchRecord(PatchGrid grid, IReadOnlyList<PatchState> states, IEnumerable<RankedContexts> contexts)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(contexts);
        ArgumentOutOfRangeException.ThrowIfNotEqual(states.Count, grid.Count);
        (Grid, _states) = (grid, [.. states]);
        _contexts = contexts.ToDictionary(query => query.QueryPatch);
    }

    /// <summary>How it was cut.</summary>
    public PatchGrid Grid { get; }

    /// <summary>
    /// The record of a job that is taken up again. What it had matted keeps its contexts; the rest is ranked anew.
    /// </summary>
    public static PatchRecord Begin(PatchGrid grid, IReadOnlyList<PatchState> states, PatchRecord? before)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(states);
        var same = before is not null && before.Grid.Size == grid.Size && before.Grid.Side == grid.Side && before.Grid.Margin == grid.Margin;
        var kept = same ? before!.Contexts().Where(query => states[query.QueryPatch] == PatchState.Matted) : [];
        return new PatchRecord(grid, states, kept);
    }

    /// <summary>A patch stands elsewhere.</summary>
    public void Became(int patch, PatchState state)
    {
        lock (_gate) _states[patch] = state;
    }

    /// <summary>The contexts of these queries are chosen.</summary>
    public void Ranked(ContextRanking ranking)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        lock (_gate)
        {
            foreach (var query in ranking.Queries) _contexts[query.QueryPatch] = query;
        }
    }

    /// <summary>Where each patch stands, in row order.</summary>
    public PatchState[] States()
    {
        lock (_gate) return [.. _states];
    }

    /// <summary>What each query that was ranked draws on, by its patch.</summary>
    public RankedContexts[] Contexts()
    {
        lock (_gate) return [.. _contexts.Values.OrderBy(query => query.QueryPatch)];
    }

    /// <summary>All patches.</summary>
    public PatchMap Map() => PatchMap.Of(Grid, States());

    /// <summary>One patch.</summary>
    /// <exception cref="ResultMissingException">There is no such patch.</exception>
    public PatchDetail Detail(int index)
    {
        if (index < 0 || index >= Grid.Count) throw new ResultMissingException($"there is no such patch; this plate has the patches 0 to {Grid.Count - 1}");
        RankedContexts? ranked;
        PatchState state;
        lock (_gate) (ranked, state) = (_contexts.GetValueOrDefault(index), _states[index]);
        var contexts = ranked is null ? [] : ranked.Patches.Zip(ranked.Scores, (patch, score) =>
        {
            var there = Grid[patch].Bounds;
            return new PatchContext(patch, there.X, there.Y, double.IsNaN(score) ? null : score);
        });
        var bounds = Grid[index].Bounds;
        return new PatchDetail(index, bounds.X, bounds.Y, Grid.Side, PatchMap.Letter(state).ToString(), [.. contexts]);
    }
}
