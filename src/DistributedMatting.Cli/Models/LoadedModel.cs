using System.Globalization;
using DistributedMatting.Cli.Options;
using DistributedMatting.Core;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Onnx;
using DistributedMatting.Onnx.Devices;
using DistributedMatting.Onnx.Models;
using DistributedMatting.Workstation;

namespace DistributedMatting.Cli.Models;

/// <summary>A model on its device, ready to matte, with the settings to matte with.</summary>
internal sealed class LoadedModel : IDisposable
{
    private LoadedModel(ModelFolder folder, OnnxMattingNetwork network, MattingSettings settings, WorkstationLimits limits)
    {
        Folder = folder;
        Network = network;
        Settings = settings;
        Limits = limits;
    }

    public ModelFolder Folder { get; }

    public OnnxMattingNetwork Network { get; }

    /// <summary>What was chosen, and where nothing was, what the model was made for.</summary>
    public MattingSettings Settings { get; init; }

    public WorkstationLimits Limits { get; }

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
            Candidates = choices.Candidates ?? new MattingSettings().Candidates,
        };
        settings.Validate(patch);
        choices.Limits.Validate();
        return new LoadedModel(folder, OnnxMattingNetwork.Load(folder, device), settings, choices.Limits);
    }

    public void Dispose() => Network.Dispose();
}
