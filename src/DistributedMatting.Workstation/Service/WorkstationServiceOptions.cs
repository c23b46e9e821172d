using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service.Workers;
using DistributedMatting.Imaging;

namespace DistributedMatting.Workstation.Service;

/// <summary>How a workstation keeps its queue.</summary>
public sealed record WorkstationServiceOptions
{
    /// <summary>Where the queue is kept; made if it is missing.</summary>
    public required string Folder { get; init; }

    /// <summary>Most jobs that are remembered, ended ones included, 1 to 1,000,000.</summary>
    public int MaxJobs { get; init; } = 100_000;

    /// <summary>Least time between two statuses that differ only in progress, 0 to 10 seconds.</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>What plates and mattes may claim to be when they are shown.</summary>
    public ImageLimits Images { get; init; } = ImageLimits.Default;

    /// <summary>Most bytes of pyramids of pictures that are kept on disk, 64 MiB to 1 PiB. They can always be made again.</summary>
    public long PictureBytes { get; init; } = 4L << 30;

    /// <summary>What this machine is called among workers.</summary>
    public string Worker { get; init; } = Environment.MachineName;

    /// <summary>What its engine computes with.</summary>
    public IReadOnlyList<WorkerDevice> Devices { get; init; } = [];

    /// <summary>Throws unless every field lies within its limits.</summary>
    /// <exception cref="InvalidInputException">Names the field and what would be right.</exception>
    public void Validate()
    {
        if (string.IsNullOrWhiteSpace(Folder)) throw new InvalidInputException("the queue's folder is empty; name one");
        if (MaxJobs is < 1 or > 1_000_000) throw new InvalidInputException($"the queue's limit is {MaxJobs} jobs; it must be 1 to 1000000");
        if (ProgressInterval < TimeSpan.Zero || ProgressInterval > TimeSpan.FromSeconds(10))
            throw new InvalidInputException("the interval of progress must be 0 to 10 seconds");
        if (PictureBytes is < 64L << 20 or > 1L << 50) throw new InvalidInputException("the room for pictures must be 64 MiB to 1 PiB");
        if (string.IsNullOrWhiteSpace(Worker)) throw new InvalidInputException("the worker's name is empty; name one");
    }
}
