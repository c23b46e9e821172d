namespace DistributedMatting.Cluster.Scheduling;

/// <summary>Who works on what: one of them, key 0. Remembers nothing across its own death; plate jobs tell it again.</summary>
public interface ISchedulerGrain : IGrainWithIntegerKey
{
    /// <summary>A worker says what became of its patches and asks for others; waits a while if there are none.</summary>
    /// <returns>Patches to work on, or null: ask again.</returns>
    Task<LeaseMessage?> Exchange(WorkerReport report);

    /// <summary>A worker has done some of the patches of its lease, and goes on with the others.</summary>
    Task Progress(long token, int[] done);

    /// <summary>A worker gives everything back and asks for nothing: it drains, or has started anew.</summary>
    Task Leave(string worker);

    /// <summary>Puts a job's round into the queue, or says what of it is left.</summary>
    Task Offer(RoundMessage round);

    /// <summary>Asks whether a job's round is still known here, and what became of it.</summary>
    Task<RoundNews> News(string job, string stage);

    /// <summary>Takes a job out: it is done, paused or cancelled.</summary>
    Task Withdraw(string job);

    /// <summary>Keeps it alive, and its clock going.</summary>
    Task<SchedulerState> Tick();
}
