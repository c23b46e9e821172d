namespace DistributedMatting.Core.Scheduling;

/// <summary>How patient a <see cref="PatchScheduler"/> is.</summary>
public sealed record SchedulerOptions
{
    /// <summary>A lease without progress for so long is taken away, 1 s to 1 h.</summary>
    public TimeSpan NoProgress { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A patch is reported after it failed on so many silos, or so often where no other silo has workers that could try it,
    /// 1 to 10.
    /// </summary>
    public int MaxFailures { get; init; } = 2;

    /// <summary>A patch is reported after so many of its leases were lost without a word, 1 to 100.</summary>
    public int MaxLost { get; init; } = 5;

    /// <summary>
    /// A patch that failed waits so long for another worker; then the one that failed may try again: it may be the only one.
    /// 0 to 1 h.
    /// </summary>
    public TimeSpan AnotherWorker { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A worker on which so many patches running failed, while others did theirs, rests; 1 to 1000.</summary>
    public int RestAfter { get; init; } = 8;

    /// <summary>How long it rests; then it is given one patch to show what it can do. 0 to 1 h.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Throws unless every value lies within its limits.</summary>
    /// <exception cref="InvalidInputException">Names the setting and what would be right.</exception>
    public void Validate()
    {
        if (NoProgress < TimeSpan.FromSeconds(1) || NoProgress > TimeSpan.FromHours(1))
            throw new InvalidInputException($"no-progress timeout is {NoProgress}; it must be 1 second to 1 hour");
        if (MaxFailures is < 1 or > 10) throw new InvalidInputException($"max failures is {MaxFailures}; it must be 1 to 10");
        if (MaxLost is < 1 or > 100) throw new InvalidInputException($"max lost is {MaxLost}; it must be 1 to 100");
        if (RestAfter is < 1 or > 1000) throw new InvalidInputException($"rest after is {RestAfter}; it must be 1 to 1000 patches");
        if (Rest < TimeSpan.Zero || Rest > TimeSpan.FromHours(1))
            throw new InvalidInputException($"a worker's rest is {Rest}; it must be 0 to 1 hour");
        if (AnotherWorker < TimeSpan.Zero || AnotherWorker > TimeSpan.FromHours(1))
            throw new InvalidInputException($"wait for another worker is {AnotherWorker}; it must be 0 to 1 hour");
    }
}
