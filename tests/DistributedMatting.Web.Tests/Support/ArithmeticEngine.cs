using DistributedMatting.Core.Jobs;
using DistributedMatting.Imaging;
using DistributedMatting.Workstation;
using DistributedMatting.Workstation.Service;
using DistributedMatting.Workstation.Testing;

namespace DistributedMatting.Web.Tests;

/// <summary>The workstation's real engine, files and stages, with arithmetic in the network's place.</summary>
internal static class ArithmeticEngine
{
    public static PlateEngine Create() => new(
        new MattingModel
        {
            Network = new FakeNetwork(withPriors: true),
            Name = "arithmetic",
            Sha256 = new string('0', 64),
            Device = "cpu",
            DeviceName = "cpu",
            DeviceKind = "cpu",
            Settings = new MattingSettings { Margin = 8, Contexts = 3 },
            Limits = new WorkstationLimits { Threads = 2 },
        },
        new ImageLimits(), TimeProvider.System);
}
