namespace DistributedMatting.Onnx.Tokens;

/// <summary>Where the tokens of one region lie in a <see cref="ContextTokens"/> buffer.</summary>
internal readonly record struct RegionTokens
{
    /// <param name="rows">Tokens of the region, 0 or more.</param>
    /// <param name="start">First free byte of the buffer.</param>
    /// <param name="keyBytes">Bytes of all its keys.</param>
    /// <param name="valueBytes">Bytes of all its values.</param>
    /// <param name="alignment">A power of 2; each block begins at a multiple of it.</param>
    public RegionTokens(int rows, int start, int keyBytes, int valueBytes, int alignment)
    {
        Rows = rows;
        Keys = start;
        KeyBytes = keyBytes;
        Values = Align(start + keyBytes, alignment);
        ValueBytes = valueBytes;
        End = Align(Values + valueBytes, alignment);
    }

    /// <summary>Tokens.</summary>
    public int Rows { get; }

    /// <summary>First byte of the keys.</summary>
    public int Keys { get; }

    /// <summary>Bytes of the keys.</summary>
    public int KeyBytes { get; }

    /// <summary>First byte of the values.</summary>
    public int Values { get; }

    /// <summary>Bytes of the values.</summary>
    public int ValueBytes { get; }

    /// <summary>First byte after the region.</summary>
    public int End { get; }

    private static int Align(int offset, int alignment) => checked(offset + alignment - 1) & -alignment;
}
