using DistributedMatting.Cluster.Workers;
using DistributedMatting.Core.Jobs.Service.Workers;

namespace DistributedMatting.Cluster.Jobs;

/// <summary>A farm's workers, as its <see cref="IFarmGrain"/> knows them.</summary>
internal sealed class FarmPool(IGrainFactory grains, TimeProvider clock) : IWorkerPool
{
    private readonly Calls _calls = new(clock);

    private IFarmGrain Farm => grains.GetGrain<IFarmGrain>(0);

    public async Task<IReadOnlyList<WorkerStatus>> ListAsync(CancellationToken cancellation) =>
        Wire.Read<WorkerStatus[]>(await _calls.Repeat(() => Farm.List(), cancellation));

    public Task<WorkerStatus> DrainAsync(string name, CancellationToken cancellation) => SetAsync(name, drains: true, cancellation);

    public Task<WorkerStatus> ResumeAsync(string name, CancellationToken cancellation) => SetAsync(name, drains: false, cancellation);

    private async Task<WorkerStatus> SetAsync(string name, bool drains, CancellationToken cancellation) =>
        await _calls.Repeat(() => Farm.SetDrain(name, drains), cancellation) is { } status ? Wire.Read<WorkerStatus>(status) : throw new WorkerNotFoundException();
}
