using System.Net;
using DistributedMatting.Workstation.Service;

namespace DistributedMatting.Web.Load;

/// <summary>The service's process: says its address on standard output, serves until standard input ends, and says then how long status queries took inside it.</summary>
internal static class LoadServer
{
    public static async Task<int> RunAsync(TimeSpan job, int events, Burn burn, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("matting-load-");
        try
        {
            var options = new WorkstationServiceOptions { Folder = Path.Combine(folder.FullName, "queue"), ProgressInterval = TimeSpan.Zero };
            await using var service = WorkstationMattingService.Open(options, new TimerEngine(job, events), TimeProvider.System);
            using var times = new ServerTimes();
            await using var web = MattingWeb.Create(
                new WebOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0), Roots = [folder.FullName] }, service, TimeProvider.System);
            await web.StartAsync(cancellation);
            await MattingWeb.WarmAsync(web, cancellation);
            using var inference = burn.Begin();
            Console.WriteLine($"{web.Urls.Single()} {folder.FullName}");
            await Console.In.ReadToEndAsync(cancellation);
            Console.WriteLine(times.Times.ToLine());
            await web.StopAsync(CancellationToken.None);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
