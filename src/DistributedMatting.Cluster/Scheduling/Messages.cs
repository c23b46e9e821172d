using DistributedMatting.Core.Scheduling;

namespace DistributedMatting.Cluster.Scheduling;

/// <summary>What a worker has done since it last asked, and what it asks for.</summary>
/// <param name="Worker">Its name.</param>
/// <param name="Silo">The silo that it is on.</param>
/// <param name="Capacity">Most patches that it takes; 0 asks for none.</param>
/// <param name="Token">Of the lease that it reports on; 0 for none.</param>
/// <param name="Done">Patches done.</param>
/// <param name="Failed">Patches that failed.</param>
[GenerateSerializer, Immutable, Alias("matting.WorkerReport")]
public sealed record WorkerReport(
    [property: Id(0)] string Worker, [property: Id(1)] string Silo, [property: Id(2)] int Capacity,
    [property: Id(3)] long Token, [property: Id(4)] int[] Done, [property: Id(5)] PatchFailure[] Failed);

/// <summary>A patch that failed, and why, in one line.</summary>
[GenerateSerializer, Immutable, Alias("matting.PatchFailure")]
public sealed record PatchFailure([property: Id(0)] int Patch, [property: Id(1)] string Error);

/// <summary>A <see cref="PatchLease"/> on its way.</summary>
[GenerateSerializer, Immutable, Alias("matting.Lease")]
public sealed record LeaseMessage(
    [property: Id(0)] long Token, [property: Id(1)] string Job, [property: Id(2)] string Stage, [property: Id(3)] int[] Patches,
    [property: Id(4)] string Key)
{
    /// <summary>The lease.</summary>
    public static LeaseMessage? Of(PatchLease? lease) =>
        lease is null ? null : new LeaseMessage(lease.Token, lease.Job, lease.Stage, [.. lease.Patches], lease.Key);
}

/// <summary>
/// A <see cref="PatchRound"/> on its way: homes are named once, so that the round of a gigapixel plate stays well below
/// a megabyte.
/// </summary>
[GenerateSerializer, Immutable, Alias("matting.Round")]
public sealed record RoundMessage(
    [property: Id(0)] string Job, [property: Id(1)] string Stage, [property: Id(2)] string Project, [property: Id(3)] int Priority,
    [property: Id(4)] long Order, [property: Id(5)] int[] Patches, [property: Id(6)] string[] Homes, [property: Id(7)] int[] HomeOf,
    [property: Id(8)] string Key)
{
    /// <summary>A round, packed.</summary>
    public static RoundMessage Of(PatchRound round)
    {
        ArgumentNullException.ThrowIfNull(round);
        string[] homes = [.. round.Patches.Select(task => task.Home).Distinct()];
        return new RoundMessage(
            round.Job, round.Stage, round.Project, round.Priority, round.Order, [.. round.Patches.Select(task => task.Patch)],
            homes, [.. round.Patches.Select(task => Array.IndexOf(homes, task.Home))], round.Key);
    }

    /// <summary>The round.</summary>
    public PatchRound Unpack() => new()
    {
        Job = Job,
        Stage = Stage,
        Key = Key,
        Project = Project,
        Priority = Priority,
        Order = Order,
        Patches = [.. Patches.Select((patch, i) => new PatchTask(patch, Homes[HomeOf[i]]))],
    };
}

/// <summary>What became of a round.</summary>
/// <param name="IsKnown">False: this scheduler has never heard of it, or of another stage only. Offer it again.</param>
/// <param name="Poison">Patches that are tried no more, one line each.</param>
[GenerateSerializer, Immutable, Alias("matting.RoundNews")]
public sealed record RoundNews([property: Id(0)] bool IsKnown, [property: Id(1)] string[] Poison);

/// <summary>The scheduler in numbers.</summary>
/// <param name="Term">Which scheduler of this farm it is.</param>
/// <param name="Waiting">Patches that wait.</param>
/// <param name="Leased">Patches that are leased.</param>
/// <param name="LeasesLost">Leases taken away.</param>
/// <param name="StaleAnswers">Answers whose lease had been taken away from their worker, or was another scheduler's.</param>
[GenerateSerializer, Immutable, Alias("matting.SchedulerState")]
public sealed record SchedulerState(
    [property: Id(0)] int Term, [property: Id(1)] int Waiting, [property: Id(2)] int Leased,
    [property: Id(3)] long LeasesLost, [property: Id(4)] long StaleAnswers);
