namespace DistributedMatting.Scenes.Trimaps;

/// <summary>Which pixels of one row lie in discs whose centres are given by their column and their distance in rows.</summary>
internal sealed class Discs
{
    private readonly int[] _spans;
    private readonly int[] _marks;
    private readonly int _width;
    private int _open;

    public Discs(int radius, int width)
    {
        (Radius, _width) = (radius, width);
        _spans = [.. Enumerable.Range(0, radius + 1).Select(d => (int)Math.Sqrt((double)(radius * radius) - d * d))];
        _marks = new int[width + 1];
    }

    public int Radius { get; }

    public void Begin()
    {
        Array.Clear(_marks);
        _open = 0;
    }

    public void Add(int x, int distance)
    {
        if (distance > Radius) return;

        _marks[Math.Max(0, x - _spans[distance])]++;
        _marks[Math.Min(_width, x + _spans[distance] + 1)]--;
    }

    /// <summary>To be asked once for every column, from left to right, when all discs are in.</summary>
    public bool Covers(int x)
    {
        _open += _marks[x];
        return _open > 0;
    }
}
