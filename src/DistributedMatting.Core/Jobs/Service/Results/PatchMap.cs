using DistributedMatting.Core.Patches;

namespace DistributedMatting.Core.Jobs.Service.Results;

/// <summary>How a plate was cut, and where each patch stands.</summary>
/// <param name="Patch">Side of a patch in pixels.</param>
/// <param name="Margin">Overlap of neighbours in pixels.</param>
/// <param name="Columns">Patches side by side.</param>
/// <param name="Rows">Patches one above another.</param>
/// <param name="Xs">Left of each column, in pixels of the plate.</param>
/// <param name="Ys">Top of each row, in pixels of the plate.</param>
/// <param name="States">One letter a patch in row order: k known, w waiting, e encoded, m matted, f failed.</param>
public sealed record PatchMap(int Patch, int Margin, int Columns, int Rows, IReadOnlyList<int> Xs, IReadOnlyList<int> Ys, string States)
{
    /// <summary>The letter of a state.</summary>
    public static char Letter(PatchState state) => "kwemf"[(int)state];

    /// <summary>The map of a grid.</summary>
    public static PatchMap Of(PatchGrid grid, ReadOnlySpan<PatchState> states)
    {
        ArgumentNullException.ThrowIfNull(grid);
        var letters = new char[states.Length];
        for (var i = 0; i < letters.Length; i++) letters[i] = Letter(states[i]);
        return new PatchMap(
            grid.Side, grid.Margin, grid.Columns, grid.Rows,
            [.. Enumerable.Range(0, grid.Columns).Select(column => column * grid.Step)],
            [.. Enumerable.Range(0, grid.Rows).Select(row => row * grid.Step)],
            new string(letters));
    }
}
