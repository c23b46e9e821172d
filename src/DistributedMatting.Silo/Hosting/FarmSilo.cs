using DistributedMatting.Cluster.Farm;
using DistributedMatting.Cluster.Jobs;
using DistributedMatting.Cluster.Scheduling;
using DistributedMatting.Cluster.Stages;
using DistributedMatting.Cluster.Workers;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Storage;
using DistributedMatting.Imaging;
using DistributedMatting.Silo.Objects;
using DistributedMatting.Workstation.Results;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using StackExchange.Redis;

namespace DistributedMatting.Silo.Hosting;

/// <summary>Makes the process of a silo.</summary>
public static class FarmSilo
{
    // Of pyramids that a silo keeps for those who look at jobs.
    private const long PictureBytes = 4L << 30;

    /// <summary>A silo that is not started yet.</summary>
    /// <param name="silo">Where it stands.</param>
    /// <param name="farm">How it takes part.</param>
    /// <param name="plates">What it knows of files and networks.</param>
    public static IHost Build(SiloOptions silo, FarmOptions farm, IFarmPlates plates)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(farm);
        silo.Validate();
        farm.Validate();
        if (!silo.Roles.HasFlag(SiloRoles.Worker)) farm = farm with { Workers = 0 };

        // Empty: no configuration file or variable of the machine may change where it listens.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true)
            .SetMinimumLevel(LogLevel.Warning).AddFilter("DistributedMatting", LogLevel.Information);
        var services = builder.Services;
        services.AddSingleton(farm).AddSingleton(plates).AddSingleton(TimeProvider.System);
        services.AddSingleton(new ObjectMemory(farm.ObjectBytes)).AddSingleton(new ActivationMemory(farm.ActivationBytes));
        if (silo is { Redis: { } redis, RedisObjects.MaxObjectKib: > 0 })
        {
            services.AddSingleton<IHotObjects>(provider => new RedisObjects(
                RedisAtStart.Parse(redis, silo.RedisPassword), silo.Cluster, silo.RedisObjects, TimeProvider.System, provider.GetRequiredService<ILogger<RedisObjects>>()));
        }
        services.AddSingleton<FarmFolder>().AddSingleton(_ => new StageGate(Math.Max(1, Environment.ProcessorCount / 2)));
        services.AddSingleton<IMattingService>(provider => new ClusterMattingService(provider.GetRequiredService<IGrainFactory>(), TimeProvider.System, Views(silo, farm)));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = silo.Drain);
        services.AddHostedService(_ => new SiloTelemetry(silo));
        services.AddHostedService<GarbageWatch>();
        builder.UseOrleans(orleans => Configure(orleans, silo));
        // After Orleans, so that it stops before: what is leased is given back while the silo can still be heard.
        services.AddSingleton<FarmHand>().AddHostedService(provider => provider.GetRequiredService<FarmHand>());
        return builder.Build();
    }

    // A folder of its own: pyramids are built by one process alone. Of the same name after a restart, so that they are found.
    private static JobViews Views(SiloOptions silo, FarmOptions farm) =>
        new(silo.Pictures ?? Path.Combine(farm.Folder, "pictures", $"silo-{silo.FullName.Replace(':', '_')}"), PictureBytes, ImageLimits.Default);

    private static void Configure(ISiloBuilder orleans, SiloOptions silo)
    {
        orleans.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (silo.Cluster, silo.Cluster));
        orleans.Configure<Orleans.Configuration.SiloOptions>(names => names.SiloName = silo.FullName);
        // A call carries the trace of whoever made it.
        orleans.AddActivityPropagation();
        if (silo.Redis is { } redis) UseRedis(orleans, RedisAtStart.Parse(redis, silo.RedisPassword));
        else
        {
            orleans.UseLocalhostClustering(silo.SiloPort, silo.GatewayPort, serviceId: silo.Cluster, clusterId: silo.Cluster);
            orleans.AddMemoryGrainStorageAsDefault().UseInMemoryReminderService();
        }
        orleans.ConfigureEndpoints(silo.Advertise, silo.SiloPort, silo.GatewayPort, listenOnAnyHostAddress: silo.Redis is not null && !System.Net.IPAddress.IsLoopback(silo.Advertise));
        orleans.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.NumMissedProbesLimit = 3;
            membership.ProbeTimeout = silo.DeadAfter / membership.NumMissedProbesLimit;
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
            membership.DefunctSiloExpiration = TimeSpan.FromHours(1);
        });
        // No call of ours takes longer than two seconds; one that does has lost its silo, and is repeated.
        orleans.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(10));
        orleans.Services.PostConfigure<GrainTypeOptions>(types => KeepTo(silo.Roles, types));
    }

    private static void UseRedis(ISiloBuilder orleans, ConfigurationOptions redis)
    {
        orleans.UseRedisClustering(options => options.ConfigurationOptions = redis);
        orleans.AddRedisGrainStorageAsDefault(options => options.ConfigurationOptions = redis);
        orleans.UseRedisReminderService(options => options.ConfigurationOptions = redis);
        orleans.UseRedisGrainDirectoryAsDefault(options => options.ConfigurationOptions = redis);
    }

    // A silo that does not offer a grain's class is never asked to hold one.
    private static void KeepTo(SiloRoles roles, GrainTypeOptions types)
    {
        Type[] coordinators = [typeof(SchedulerGrain), typeof(CatalogGrain), typeof(FarmGrain), typeof(PlateJobGrain), typeof(TilingGrain), typeof(ContextGrain), typeof(StitcherGrain), typeof(JoinGrain)];
        if (!roles.HasFlag(SiloRoles.Coordinator)) types.Classes.ExceptWith(coordinators);
        if (!roles.HasFlag(SiloRoles.Worker)) types.Classes.Remove(typeof(WorkerGrain));
    }
}
