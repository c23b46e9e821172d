using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Workstation.Service;
using DistributedMatting.Workstation.Testing;

namespace DistributedMatting.Workstation.Tests.Service;

/// <summary>A service in a folder of its own, that can be closed and opened again.</summary>
internal sealed class ServiceHarness : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("matting-service-");

    public ServiceHarness() => Service = Open();

    public FakeEngine Engine { get; } = new();

    public List<string> Warnings { get; } = [];

    public string Folder => _folder.FullName;

    public IMattingService Service { get; private set; }

    public static JobSubmission Plate(string name) =>
        new() { Name = name, Plate = $"/plates/{name}.tif", Trimap = $"/plates/{name}.png", Alpha = $"/out/{name}.tif" };

    public async Task<JobId> SubmitAsync(string name, int priority = 50) =>
        (await Service.SubmitAsync(Plate(name) with { Priority = priority }, default)).Job.Id;

    public async Task<JobStatus> SubmitAndWaitAsync(string name, JobState state) => await UntilAsync(await SubmitAsync(name), state);

    /// <summary>The job as soon as it is in a state; where it does not come to it, says where it stood.</summary>
    public async Task<JobStatus> UntilAsync(JobId id, JobState state)
    {
        using var patience = new CancellationTokenSource(Patience);
        JobStatus? last = null;
        try
        {
            // Ended jobs end their watch too, and may be retried meanwhile.
            while (true)
            {
                await foreach (var status in Service.WatchAsync(id, null, patience.Token))
                {
                    last = status;
                    if (status.State == state) return status;
                }
                patience.Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"the job did not come to {state}; it stood at {last?.State} {last?.Error}");
        }
    }

    public async Task CloseAsync() => await ((IAsyncDisposable)Service).DisposeAsync();

    public async Task ReopenAsync()
    {
        await CloseAsync();
        Service = Open();
    }

    public WorkstationMattingService Open() => WorkstationMattingService.Open(
        new WorkstationServiceOptions { Folder = Folder, ProgressInterval = TimeSpan.Zero }, Engine, TimeProvider.System, Warnings.Add);

    public string PathOf(JobId id, string name) => Path.Combine(Folder, id.ToString(), name);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Delete(recursive: true);
    }
}
