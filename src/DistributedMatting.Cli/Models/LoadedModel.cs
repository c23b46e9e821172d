using System.Globalization;
using DistributedMatting.Cli.Options;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Imaging;
using DistributedMatting.Onnx;
using DistributedMatting.Onnx.Devices;
using DistributedMatting.Workstation;

namespace DistributedMatting.Cli.Models;

/// <summary>A model loaded on its device, with the settings to matte with.</summary>
internal sealed class LoadedModel : IDisposable
{
    private readonly OnnxMattingNetwork _network;

    private LoadedModel(OnnxMattingNetwork network, MattingModel model) => (_network, Model) = (network, model);

    /// <summary>What was chosen, and where nothing was, what the model was made for.</summary>
    public MattingModel Model { get; }

    /// <summary>Loads what was chosen; everything that can be refused is refused before the slow part.</summary>
    /// <exception cref="InvalidInputException">The model, its device or a setting will not do.</exception>
    public static LoadedModel Load(MattingChoices choices)
    {
        var device = DeviceList.OfThisMachine().Find(choices.Device);
        var folder = ModelCatalog.Open(choices.Model);
        var patch = folder.Card.Shape.Patch;
        if (choices.Patch is { } wanted && wanted != patch)
        {
            throw new InvalidInputException(string.Create(
                CultureInfo.InvariantCulture, $"--patch {wanted} will not do: the model {folder.Card.Name} works on patches of {patch} pixels"));
        }

        var settings = new MattingSettings
        {
            Margin = choices.Margin ?? folder.Card.Margin,
            Contexts = choices.Contexts ?? folder.Card.Contexts,
            ContextUse = folder.Card.ContextUse,
            Candidates = choices.Candidates ?? new MattingSettings().Candidates,
        };
        try
        {
            settings.Validate(patch);
            choices.Limits.Validate();
        }
        catch (InvalidInputException e)
        {
            // The sentences begin with a setting's name, and its option is named alike.
            throw new InvalidInputException($"--{e.Message.TrimEnd('.')}", e);
        }

        Codecs.LimitThreads(choices.Limits.Threads);
        var network = OnnxMattingNetwork.Load(folder, device);
        WarmUp.Finish();
        return new LoadedModel(network, new MattingModel
        {
            Network = network,
            Name = folder.Card.Name,
            Sha256 = folder.Sha256,
            Device = network.Device.Name,
            DeviceName = network.Device.Description,
            DeviceKind = network.Device.Kind.ToString().ToLowerInvariant(),
            Settings = settings,
            Limits = choices.Limits,
        });
    }

    public void Dispose() => _network.Dispose();
}
