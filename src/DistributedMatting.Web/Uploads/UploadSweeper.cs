using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DistributedMatting.Web.Uploads;

/// <summary>Sweeps when the service starts, and every hour.</summary>
internal sealed class UploadSweeper(UploadStore store, TimeProvider clock, ILogger<UploadSweeper> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await store.SweepAsync(clock.GetUtcNow(), stoppingToken);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                log.LogWarning(error, "Uploads could not be swept; it is tried again in an hour");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
