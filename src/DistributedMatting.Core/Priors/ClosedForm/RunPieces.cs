namespace DistributedMatting.Core.Priors.ClosedForm;

/// <summary>Cuts runs into pieces of work of about equal size, by the layout alone.</summary>
internal static class RunPieces
{
    /// <summary>First run of each piece, and the number of runs.</summary>
    public static int[] Cut(UnknownLayout layout, int cells)
    {
        var cuts = new List<int> { 0 };
        var size = 0;
        for (var i = 0; i < layout.Runs.Length; i++)
        {
            size += layout.Runs[i].Registers * UnknownLayout.Lanes;
            if (size < cells) continue;
            cuts.Add(i + 1);
            size = 0;
        }

        if (cuts[^1] != layout.Runs.Length) cuts.Add(layout.Runs.Length);
        return [.. cuts];
    }
}
