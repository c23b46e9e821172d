using DistributedMatting.Core.Context;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Patches;

namespace DistributedMatting.Workstation;

/// <summary>
/// The patches with unknown pixels, in row order; a patch's place in this list is its slot in every store.
/// They are queries and context candidates alike. Those whose alpha is still missing are matted in the same order.
/// </summary>
internal sealed class PlateQueries
{
    private readonly PatchGrid _grid;
    private readonly int[] _patches;
    private readonly int[] _slotOf;
    private readonly int[] _orderOf;
    private readonly PatchCensus _census;

    public PlateQueries(PatchGrid grid, PatchCensus census)
    {
        (_grid, _census) = (grid, census);
        Inferred = census.Inferred();
        _patches = [.. Enumerable.Range(0, grid.Count).Where(patch => Inferred[patch])];
        _slotOf = new int[grid.Count];
        Array.Fill(_slotOf, -1);
        for (var slot = 0; slot < _patches.Length; slot++) _slotOf[_patches[slot]] = slot;
        _orderOf = new int[_patches.Length];
        Array.Fill(_orderOf, -1);
    }

    /// <summary>For every patch of the grid, whether it is inferred.</summary>
    public bool[] Inferred { get; }

    public int Count => _patches.Length;

    public Patch this[int slot] => _grid[_patches[slot]];

    /// <summary>Slots still to be matted, in order; set by <see cref="Await"/>.</summary>
    public IReadOnlyList<int> ToMatte { get; private set; } = [];

    /// <summary>Whether a slot's patch draws on contexts.</summary>
    public bool Asks(int slot, ContextUse use) => _census.Asks(_patches[slot], use);

    public int SlotOf(int patch) => _slotOf[patch];

    /// <summary>For every patch of the grid, where it stands before anything is encoded.</summary>
    public PatchState[] States()
    {
        var states = new PatchState[Inferred.Length];
        for (var slot = 0; slot < Count; slot++) states[_patches[slot]] = MatteOrder(slot) is null ? PatchState.Matted : PatchState.Waiting;
        return states;
    }

    /// <summary>When a slot is matted, from 0; null if its alpha is there.</summary>
    public int? MatteOrder(int slot) => _orderOf[slot] < 0 ? null : _orderOf[slot];

    /// <summary>Says which slots have their alpha already.</summary>
    public void Await(Func<int, bool> isFinished)
    {
        int[] slots = [.. Enumerable.Range(0, Count).Where(slot => !isFinished(slot))];
        for (var order = 0; order < slots.Length; order++) _orderOf[slots[order]] = order;
        ToMatte = slots;
    }
}
