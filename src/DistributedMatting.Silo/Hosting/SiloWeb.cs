using DistributedMatting.Cluster.Workers;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DistributedMatting.Silo.Hosting;

/// <summary>The REST API and the dashboard beside a silo: any silo shows the whole farm.</summary>
public static class SiloWeb
{
    /// <summary>Makes them; they are not started yet.</summary>
    /// <param name="host">The silo, started or not.</param>
    /// <param name="silo">Its metrics are marked with its role.</param>
    /// <param name="options">Where it listens, and to whom.</param>
    /// <exception cref="InvalidInputException">It is not safe to listen so.</exception>
    public static WebApplication Create(IHost host, SiloOptions silo, WebOptions options)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(options);
        // What goes to a collector is sent by the silo, whether it listens or not.
        options = options with
        {
            OtlpCollector = null,
            MetricLabels = new Dictionary<string, string> { ["role"] = silo.RoleNames, ["silo"] = silo.FullName },
            IsReady = () => host.Services.GetRequiredService<FarmHand>().IsReady,
        };
        return MattingWeb.Create(options, host.Services.GetRequiredService<IMattingService>(), TimeProvider.System);
    }
}
