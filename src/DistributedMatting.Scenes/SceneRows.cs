namespace DistributedMatting.Scenes;

/// <summary>The one rule of both readers: whole rows, and no more than there are.</summary>
internal static class SceneRows
{
    public static int Count(int length, int perRow, int next, int height)
    {
        var (rows, rest) = Math.DivRem(length, perRow);
        if (rest != 0) throw new ArgumentException($"The buffer holds {length} values; a row has {perRow}.", nameof(length));
        if (next + rows > height) throw new ArgumentException($"Only {height - next} rows are left; {rows} were asked for.", nameof(length));
        return rows;
    }
}
