using DistributedMatting.Deploy.Tests.Chart;
using DistributedMatting.Deploy.Tests.Support;

namespace DistributedMatting.Deploy.Tests.Samples;

/// <summary>The pod that brings plates onto the volume, against the chart whose volume that is.</summary>
public sealed class LoaderTests
{
    [Fact]
    public void It_mounts_the_farms_volume_as_the_farms_user()
    {
        var file = Repository.At("deploy", "kubernetes", "loader.yaml");
        var answer = ChartTools.Objects(file)[file]!;
        Assert.Empty(answer["errors"]!.AsArray().Select(error => (string)error!));
        var pod = answer["objects"]![0]!["spec"]!;
        var silo = Rendered.Objects("default", "Deployment")[0]["spec"]!["template"]!["spec"]!;
        Assert.Equal((string)Assert.Single(Rendered.Objects("default", "PersistentVolumeClaim"))["metadata"]!["name"]!, (string)pod["volumes"]![0]!["persistentVolumeClaim"]!["claimName"]!);
        Assert.Equal(silo["securityContext"]!["runAsUser"]!.ToJsonString(), pod["securityContext"]!["runAsUser"]!.ToJsonString());
        Assert.Contains(silo["containers"]![0]!["volumeMounts"]!.AsArray(), mount => (string?)mount!["mountPath"] == (string?)pod["containers"]![0]!["volumeMounts"]![0]!["mountPath"]);
    }
}
