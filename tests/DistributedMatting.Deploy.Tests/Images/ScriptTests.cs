using DistributedMatting.Deploy.Tests.Support;

namespace DistributedMatting.Deploy.Tests.Images;

/// <summary>The images' scripts, where what they need is not there.</summary>
public sealed class ScriptTests
{
    [Fact]
    public void A_build_for_CUDA_without_its_provider_is_no_build()
    {
        using var scratch = new Scratch();
        // In place of the SDK: makes what a build for CPUs makes, where it is told to.
        var dotnet = scratch.Write("bin/dotnet", """
            #!/bin/sh
            for place; do :; done
            mkdir -p "$place/weights/hdmatt-s"
            touch "$place/matting-silo" "$place/matting" "$place/libvips.so" "$place/libonnxruntime.so" "$place/weights/hdmatt-s/card.json"
            """);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal((0, ""), Publish("cpu"));
        Assert.Equal((1, "publish: libonnxruntime_providers_cuda.so was not made"), Publish("gpu"));

        (int, string) Publish(string kind)
        {
            var said = Words.Of(null, "/usr/bin/env", $"PATH={Path.GetDirectoryName(dotnet)}:{Environment.GetEnvironmentVariable("PATH")}", "bash",
                Repository.At("deploy", "images", "publish.sh"), Path.Combine(scratch.Folder, kind), kind);
            return (said.Code, said.Error.Trim());
        }
    }

    [Fact]
    public void A_trial_below_tmp_is_refused()
    {
        Assert.SkipUnless(Environment.UserName == "root", "it is for root alone");
        var said = Words.Of(null, "bash", Repository.At("deploy", "images", "try.sh"), "/tmp/app");
        Assert.Equal(1, said.Code);
        Assert.Contains("below /tmp", said.Error, StringComparison.Ordinal);
    }
}
