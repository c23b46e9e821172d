using DistributedMatting.Cluster.Jobs;
using DistributedMatting.Core.Jobs.Service;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using StackExchange.Redis;

namespace DistributedMatting.Client;

/// <summary>A connection to a farm, for pipelines that would rather not speak REST.</summary>
public sealed class FarmClient : IAsyncDisposable
{
    private readonly IHost _host;

    private FarmClient(IHost host) => _host = host;

    /// <summary>The farm as a matting service; goes on through the death of any silo.</summary>
    public IMattingService Service => _host.Services.GetRequiredService<IMattingService>();

    /// <summary>The farm's grains, for tools that look into it.</summary>
    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Connects.</summary>
    /// <param name="redis">The farm's Redis: a StackExchange.Redis connection string.</param>
    /// <param name="cluster">The farm's name.</param>
    /// <param name="cancellation">Gives up; until then a farm without silos is waited for.</param>
    public static async Task<FarmClient> ConnectAsync(string redis, string cluster, CancellationToken cancellation)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var options = ConfigurationOptions.Parse(redis);
        options.AbortOnConnectFail = false;
        builder.UseOrleansClient(orleans =>
        {
            orleans.Configure<ClusterOptions>(names => (names.ClusterId, names.ServiceId) = (cluster, cluster));
            orleans.UseRedisClustering(clustering => clustering.ConfigurationOptions = options);
            orleans.UseConnectionRetryFilter((_, token) => WaitAsync(token));
            // A call to a silo that died hangs until this; then it is repeated elsewhere.
            orleans.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(5));
            orleans.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2));
        });
        builder.Services.AddSingleton<IMattingService>(provider => new ClusterMattingService(provider.GetRequiredService<IGrainFactory>(), TimeProvider.System));
        var host = builder.Build();
        await host.StartAsync(cancellation);
        return new FarmClient(host);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using (_host) await _host.StopAsync();
    }

    private static async Task<bool> WaitAsync(CancellationToken cancellation)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(500), cancellation);
        return true;
    }
}
