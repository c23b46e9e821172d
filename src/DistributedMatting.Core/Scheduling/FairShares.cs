namespace DistributedMatting.Core.Scheduling;

/// <summary>
/// Whose turn it is among projects: the one that has been given least. One that comes back after it had nothing to do
/// starts level with the others; what it did not use is not saved up, and what it used too much is not forgotten.
/// </summary>
internal sealed class FairShares
{
    // Names of projects that have long gone are let go beyond this many.
    private const int MaxRemembered = 10_000;

    private readonly Dictionary<string, long> _given = [];
    private long _level;

    /// <summary>Says that a project has work again.</summary>
    public void Enter(string project)
    {
        if (_given.Count >= MaxRemembered) Forget();
        _given[project] = Math.Max(_level, _given.GetValueOrDefault(project));
    }

    /// <summary>Projects in the order in which they are to be served; level ones by name.</summary>
    /// <param name="projects">Those with work; each has entered.</param>
    public IReadOnlyList<string> InOrder(IEnumerable<string> projects) =>
        [.. projects.OrderBy(Given).ThenBy(project => project, StringComparer.Ordinal)];

    /// <summary>Says that a project was given so many patches.</summary>
    public void Give(string project, int patches)
    {
        var before = Given(project);
        _level = Math.Max(_level, before);
        _given[project] = before + patches;
    }

    private long Given(string project) => _given.GetValueOrDefault(project, _level);

    private void Forget()
    {
        foreach (var (project, _) in _given.Where(entry => entry.Value <= _level).ToArray()) _given.Remove(project);
    }
}
