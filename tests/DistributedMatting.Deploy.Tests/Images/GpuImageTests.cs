using System.Text.RegularExpressions;
using System.Xml.Linq;
using DistributedMatting.Deploy.Tests.Support;

namespace DistributedMatting.Deploy.Tests.Images;

/// <summary>What can be said of the GPU's image where neither its package nor a container engine is.</summary>
public sealed partial class GpuImageTests
{
    private const string Provider = "libonnxruntime_providers_cuda.so";

    [Fact]
    public void Its_CUDA_is_the_one_of_ONNX_Runtimes_package()
    {
        var version = XDocument.Load(Repository.At("Directory.Packages.props")).Descendants("PackageVersion")
            .Where(package => (string?)package.Attribute("Include") == "Microsoft.ML.OnnxRuntime.Gpu.Linux").Select(package => Version.Parse((string)package.Attribute("Version")!)).Single();
        var cuda = BaseImage().Match(File.ReadAllText(Repository.At("deploy", "images", "silo-gpu.Dockerfile"))).Groups[1].Value;
        // From its release notes.
        Assert.Equal(version >= new Version(1, 27) ? "13" : "12", cuda);
    }

    [Fact]
    public void A_build_without_CUDA_is_refused()
    {
        using var app = new Scratch();
        var said = Check(app, "");
        Assert.Equal(1, said.Code);
        Assert.Contains(Provider + " is not there", said.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("libcudart.so.12 => not found", 1, "it asks for libcudart.so.12")]
    [InlineData("libcudart.so.13 => /usr/local/cuda/lib64/libcudart.so.13 (0x1)\nlibcuda.so.1 => not found", 0, "")] // the node has it
    public void Another_CUDA_is_refused(string loader, int code, string why)
    {
        using var app = new Scratch();
        app.Write(Provider, "");
        var said = Check(app, loader);
        Assert.True(said.Code == code, said.Error);
        Assert.Contains(why, said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_check_is_in_the_images_context()
    {
        Assert.Contains("check-cuda.sh", File.ReadAllText(Repository.At("deploy", "images", "silo-gpu.Dockerfile")), StringComparison.Ordinal);
        Assert.Contains("!deploy/images/check-cuda.sh", File.ReadAllLines(Repository.At("deploy", "images", "silo-gpu.Dockerfile.dockerignore")));
    }

    // With a loader that says so.
    private static Words Check(Scratch app, string loader)
    {
        var ldd = app.Write("bin/ldd", $"#!/bin/sh\ncat <<'E'\n{loader}\nE\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(ldd, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Words.Of(null, "/usr/bin/env", $"PATH={Path.GetDirectoryName(ldd)}:/usr/bin:/bin", "bash", Repository.At("deploy", "images", "check-cuda.sh"), app.Folder);
    }

    [GeneratedRegex(@"^ARG CUDA=(\d+)\.[\w.]+-cudnn-runtime-", RegexOptions.Multiline)]
    private static partial Regex BaseImage();
}
