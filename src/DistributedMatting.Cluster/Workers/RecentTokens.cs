namespace DistributedMatting.Cluster.Workers;

/// <summary>
/// Tokens of the context patches of one plate that were asked for last. Queries draw on few patches again and again; from
/// the shared folder each would be read and checked anew. One thread at a time.
/// </summary>
/// <param name="capacity">Patches kept; some 0.3 MB each.</param>
/// <param name="find">Gives a patch's tokens.</param>
internal sealed class RecentTokens(int capacity, Func<int, ReadOnlyMemory<byte>> find)
{
    private readonly Dictionary<int, LinkedListNode<(int Patch, ReadOnlyMemory<byte> Tokens)>> _nodes = [];
    private readonly LinkedList<(int Patch, ReadOnlyMemory<byte> Tokens)> _latest = [];

    /// <summary>A patch's tokens.</summary>
    public ReadOnlyMemory<byte> Of(int patch)
    {
        if (_nodes.TryGetValue(patch, out var node))
        {
            _latest.Remove(node);
            _latest.AddFirst(node);
            return node.Value.Tokens;
        }

        var tokens = find(patch);
        if (_nodes.Count == capacity)
        {
            _nodes.Remove(_latest.Last!.Value.Patch);
            _latest.RemoveLast();
        }

        _nodes[patch] = _latest.AddFirst((patch, tokens));
        return tokens;
    }
}
