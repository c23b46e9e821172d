using System.Text.Json.Nodes;
using DistributedMatting.Core;
using DistributedMatting.Core.Context;
using DistributedMatting.Onnx.Devices;
using DistributedMatting.Onnx.Models;
using DistributedMatting.Onnx.Tests.Support;

namespace DistributedMatting.Onnx.Tests.Models;

/// <summary>Bad models: each one clear line.</summary>
public sealed class ModelFolderTests
{
    private static string Refused(string path)
    {
        var message = Assert.Throws<InvalidInputException>(() => ModelFolder.Open(path)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private static string LoadRefused(string path)
    {
        var folder = ModelFolder.Open(path);
        var message = Assert.Throws<InvalidInputException>(
            () => OnnxMattingNetwork.Load(folder, DeviceList.OfThisMachine().Find("cpu")).Dispose()).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    [Fact]
    public void Whole_IsRead()
    {
        var folder = ModelFolder.Open(StandIn.Folder);

        Assert.Equal("stand-in", folder.Card.Name);
        Assert.Equal(3, folder.Card.Contexts);
        Assert.Equal(8, folder.Card.Margin);
        Assert.Equal("none: a formula", folder.Card.Facts.GetProperty("training").GetString());
        Assert.Equal(64, folder.Sha256.Length);
    }

    [Fact]
    public void TheCardItself_NamesItsFolder()
    {
        using var copy = StandIn.Copy();
        Assert.Equal(ModelFolder.Open(copy.Path).Sha256, ModelFolder.Open(copy.At("card.json")).Sha256);
    }

    [Fact]
    public void Hash_FollowsThePartsAndNotTheFacts()
    {
        using var praised = StandIn.Copy(card => card["quality"] = "excellent");
        using var other = StandIn.CopyWithPart("matter", [.. StandIn.Part("matter"), 0]);
        var hash = ModelFolder.Open(StandIn.Folder).Sha256;

        Assert.Equal(hash, ModelFolder.Open(praised.Path).Sha256);
        Assert.NotEqual(hash, ModelFolder.Open(other.Path).Sha256);
    }

    [Fact]
    public void NoFolder_SaysSo() => Assert.Contains("is not there", Refused("/nowhere/at/all"));

    [Fact]
    public void NoCard_SaysSo()
    {
        using var empty = new TemporaryFolder();
        Assert.Contains("is not a model folder: it has no card.json", Refused(empty.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"format\": \"distributed-matting-model/1\", \"na")]
    [InlineData("\u0000\u0001\u0002")]
    [InlineData("{}{}")]
    public void DamagedCard_SaysSo(string json)
    {
        using var copy = StandIn.Copy();
        File.WriteAllText(copy.At("card.json"), json);
        Assert.Contains("card.json is damaged", Refused(copy.Path));
    }

    [Theory]
    [InlineData("[1, 2]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{ \"format\": 7 }")]
    [InlineData("{ \"format\": \"somebody-elses-model/3\", \"name\": \"x\" }")]
    public void CardOfAnotherHouse_SaysSo(string json)
    {
        using var copy = StandIn.Copy();
        File.WriteAllText(copy.At("card.json"), json);
        Assert.Contains("is not the card of a matting model", Refused(copy.Path));
    }

    [Fact]
    public void EndlessCard_IsNotRead()
    {
        using var copy = StandIn.Copy(card => card["about"] = new string('x', 2 << 20));
        Assert.Contains("at most 1048576", Refused(copy.Path));
    }

    [Fact]
    public void ContextUse_IsEveryQuery_UnlessTheCardSaysOtherwise()
    {
        using var silent = StandIn.Copy(card => card.Remove("context_use"));
        Assert.Equal(ContextUse.EveryQuery, ModelFolder.Open(silent.Path).Card.ContextUse);
        using var every = StandIn.Copy(card => card["context_use"] = "every_query");
        Assert.Equal(ContextUse.EveryQuery, ModelFolder.Open(every.Path).Card.ContextUse);
        using var some = StandIn.Copy(card => card["context_use"] = "one_sided_queries");
        Assert.Equal(ContextUse.OneSidedQueries, ModelFolder.Open(some.Path).Card.ContextUse);
    }

    [Theory]
    [InlineData("patch", "0", "from 64 to 2048")]
    [InlineData("patch", "-320", "from 64 to 2048")]
    [InlineData("patch", "100000", "from 64 to 2048")]
    [InlineData("patch", "76", "a multiple of 8")]
    [InlineData("patch", "72.5", "a whole number")]
    [InlineData("patch", "\"72\"", "a whole number")]
    [InlineData("patch", "1e99", "a whole number")]
    [InlineData("stride", "16", "must be 8.")]
    [InlineData("channels", "7", "must be 5.")]
    [InlineData("priors", "true", "must be 16.")]
    [InlineData("priors", "1", "true or false")]
    [InlineData("key_channels", "0", "from 1 to 2048")]
    [InlineData("value_channels", "99999", "from 1 to 2048")]
    [InlineData("contexts", "-1", "from 0 to 64")]
    [InlineData("context_use", "\"sometimes\"", "\"every_query\" or \"one_sided_queries\"")]
    [InlineData("context_use", "null", "\"every_query\" or \"one_sided_queries\"")]
    [InlineData("margin", "37", "from 0 to 36")]
    [InlineData("name", "\"\"", "1 to 100 characters")]
    [InlineData("name", "\"two\\nlines\"", "1 to 100 characters")]
    [InlineData("version", "null", "1 to 100 characters")]
    [InlineData("files", "[]", "an object")]
    [InlineData("activations", "[]", "a list of 1 to 64 objects")]
    [InlineData("activations", "[3]", "an object")]
    [InlineData("activations", "[{\"name\":\"a\",\"type\":\"float64\",\"shape\":[1,1,1,1]}]", "uint8, float16 or float32")]
    [InlineData("activations", "[{\"name\":\"a\",\"type\":\"uint8\",\"shape\":[1,1,1]}]", "4 whole numbers")]
    [InlineData("activations", "[{\"name\":\"a\",\"type\":\"uint8\",\"shape\":[1,1,1,-1]}]", "4 whole numbers")]
    [InlineData("activations", "[{\"name\":\"a\",\"type\":\"float32\",\"shape\":[8192,8192,8192,8192]}]", "no more than 512 MiB")]
    [InlineData("activations", "[{\"name\":\"a\",\"type\":\"uint8\",\"shape\":[1,1,1,1]},{\"name\":\"a\",\"type\":\"uint8\",\"shape\":[1,1,1,1]}]", "every name comes once")]
    public void FieldOutOfItsLimits_SaysWhatIsRight(string field, string value, string right)
    {
        using var copy = StandIn.Copy(card => card[field] = JsonNode.Parse(value));

        var message = Refused(copy.Path);

        Assert.Contains(right, message);
        Assert.Contains("card.json", message);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("patch")]
    [InlineData("priors")]
    [InlineData("activations")]
    [InlineData("files")]
    public void MissingField_IsNamed(string field)
    {
        using var copy = StandIn.Copy(card => card.Remove(field));
        Assert.Contains($"\"{field}\" is missing", Refused(copy.Path));
    }

    [Theory]
    [InlineData("../encoder.onnx")]
    [InlineData("/etc/hostname.onnx")]
    [InlineData("sub/encoder.onnx")]
    [InlineData("encoder.bin")]
    [InlineData(".onnx")]
    public void PartOutsideItsFolder_IsRefused(string file)
    {
        using var copy = StandIn.Copy(card => card["files"]!["encoder"]!["file"] = file);
        Assert.Contains("\"files.encoder.file\"", Refused(copy.Path));
    }

    [Fact]
    public void MissingPart_IsNamed()
    {
        using var copy = StandIn.Copy();
        File.Delete(copy.At("matter.onnx"));
        Assert.Contains("matter.onnx is missing", Refused(copy.Path));
    }

    [Theory]
    [InlineData("encoder")]
    [InlineData("matter")]
    public void OneBitFlipped_IsDamaged(string part)
    {
        using var copy = StandIn.Copy();
        var bytes = StandIn.Part(part);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(copy.At($"{part}.onnx"), bytes);
        Assert.Contains($"{part}.onnx is damaged", Refused(copy.Path));
    }

    [Fact]
    public void PartChangedAfterOpening_IsDamaged()
    {
        using var copy = StandIn.Copy();
        var folder = ModelFolder.Open(copy.Path);
        File.WriteAllBytes(copy.At("encoder.onnx"), StandIn.Part("matter"));
        var device = DeviceList.OfThisMachine().Find("cpu");
        Assert.Contains("is damaged", Assert.Throws<InvalidInputException>(() => OnnxMattingNetwork.Load(folder, device)).Message);
    }

    [Fact]
    public void PartThatIsNoGraph_CannotBeLoaded()
    {
        foreach (var bytes in new byte[][] { [], [1, 2, 3], "a text, not a graph"u8.ToArray(), StandIn.Part("encoder")[..700] })
        {
            using var copy = StandIn.CopyWithPart("encoder", bytes);
            Assert.Contains("encoder.onnx is no network", LoadRefused(copy.Path));
        }
    }

    [Fact]
    public void PartsSwapped_NamesTheTensor()
    {
        using var copy = StandIn.CopyWithPart("encoder", StandIn.Part("matter"));
        Assert.Contains("has no input \"patch\"", LoadRefused(copy.Path));
    }

    [Fact]
    public void CardUnlikeItsGraphs_NamesTheTensor()
    {
        using var wider = StandIn.Copy(card => card["key_channels"] = 4);
        Assert.Contains("output \"keys\" is Float16 [81, 2]", LoadRefused(wider.Path));
        using var retyped = StandIn.Copy(card => card["activations"]![0]!["type"] = "float32");
        Assert.Contains("output \"features\" is Float16", LoadRefused(retyped.Path));
        using var shorter = StandIn.Copy(card => card["activations"]!.AsArray().RemoveAt(1));
        Assert.Contains("wants an input \"detail\"", LoadRefused(shorter.Path));
    }
}
