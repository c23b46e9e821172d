using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Plates;
using DistributedMatting.Onnx.Tokens;
using FsCheck;
using FsCheck.Fluent;

namespace DistributedMatting.Onnx.Tests.Tokens;

public sealed class ContextTokensTests
{
    private static readonly NetworkShape Shape = new(64, 8, 5, KeyChannels: 3, ValueChannels: 5, ActivationBytes: 64);

    private static byte[] Tokens(byte[] regions, int seed)
    {
        var tokens = new byte[Shape.TokenBytes];
        new Random(seed).NextBytes(tokens);
        regions.CopyTo(tokens, 0);
        return tokens;
    }

    [Fact]
    public void Gather_AnyRegions_IsEveryTokenOfTheRegionInOrder()
    {
        var regions = Gen.Choose(0, 2).ArrayOf(Shape.Cells).Select(cells => cells.Select(cell => (byte)cell).ToArray());
        var contexts = Gen.Choose(0, 6).SelectMany(count => regions.ArrayOf(count));

        Prop.ForAll(contexts.ToArbitrary(), list =>
        {
            var tokens = list.Select(Tokens).ToArray();
            using var gathered = ContextTokens.Gather(Shape, [.. tokens.Select(t => (ReadOnlyMemory<byte>)t)]);
            for (var r = 0; r < 3; r++)
            {
                var place = gathered.Regions[r];
                var keys = gathered.Buffer.Slice(place.Keys, place.KeyBytes).ToArray();
                var values = gathered.Buffer.Slice(place.Values, place.ValueBytes).ToArray();
                if (!keys.SequenceEqual(OneByOne(tokens, ContextTokens.Order[r], 64, 6))
                    || !values.SequenceEqual(OneByOne(tokens, ContextTokens.Order[r], 64 + 64 * 6, 10)))
                    return false;
            }
            return true;
        }).QuickCheckThrowOnFailure();
    }

    private static byte[] OneByOne(byte[][] contexts, Region region, int start, int width) =>
    [
        .. from tokens in contexts
           from cell in Enumerable.Range(0, 64)
           where tokens[cell] == (byte)region
           from b in tokens.Skip(start + cell * width).Take(width)
           select b,
    ];

    [Fact]
    public void QueryCells_AreTheUnknownOnesAscending()
    {
        using var cells = QueryCells.Of([0, 1, 1, 2, 0, 1]);
        Assert.Equal([1, 2, 5], cells.Buffer[..cells.Count].ToArray());
    }
}
