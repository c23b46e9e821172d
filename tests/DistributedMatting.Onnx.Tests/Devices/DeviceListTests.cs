using DistributedMatting.Core;
using DistributedMatting.Onnx.Devices;

namespace DistributedMatting.Onnx.Tests.Devices;

public sealed class DeviceListTests
{
    private static readonly DeviceList Plain = new(8, runtimeHasCuda: false, ["a GPU that the runtime cannot use"]);
    private static readonly DeviceList Gpus = new(8, runtimeHasCuda: true, ["one", "two"]);

    [Fact]
    public void ThisMachine_HasAProcessor() => Assert.Equal("cpu", DeviceList.OfThisMachine().All[0].Name);

    [Theory]
    [InlineData("cpu", "cpu")]
    [InlineData("CPU", "cpu")]
    [InlineData("cuda", "cuda:0")]
    [InlineData("cuda:1", "cuda:1")]
    [InlineData("Cuda:0", "cuda:0")]
    public void Find_Known(string name, string expected) => Assert.Equal(expected, Gpus.Find(name).Name);

    [Theory]
    [InlineData("cuda")]
    [InlineData("cuda:0")]
    public void NoCudaInTheRuntime_SaysWhatIsThereAndWhatWouldHelp(string name)
    {
        var message = Assert.Throws<InvalidInputException>(() => Plain.Find(name)).Message;

        Assert.Contains($"device {name} is not there. Here there is: cpu.", message);
        Assert.Contains("-p:OnnxRuntime=Gpu", message);
    }

    [Theory]
    [InlineData("cuda:2")]
    [InlineData("cuda:99999999")]
    public void NoSuchGpu_NamesThoseThere(string name) => Assert.Equal(
        $"device {name} is not there. Here there is: cpu, cuda:0, cuda:1.",
        Assert.Throws<InvalidInputException>(() => Gpus.Find(name)).Message);

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:1.5")]
    [InlineData("cuda:99999999999999999999")]
    public void NoDevicesName_SaysHowOneLooks(string name) => Assert.Contains(
        "it must be cpu, cuda or cuda:n", Assert.Throws<InvalidInputException>(() => Gpus.Find(name)).Message);
}
