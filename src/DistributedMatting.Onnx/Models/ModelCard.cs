using System.Text.Json;
using DistributedMatting.Core.Context;
using DistributedMatting.Core.Networks;

namespace DistributedMatting.Onnx.Models;

/// <summary>What a model folder's <c>card.json</c> says, every field within its limits.</summary>
/// <param name="Name">Short name, as a person types it.</param>
/// <param name="Version">Version of the weights.</param>
/// <param name="Contexts">Context patches a query it was made for (K), 0 to 64.</param>
/// <param name="ContextUse">Which queries profit from them; <c>context_use</c>, all where the card does not say.</param>
/// <param name="Margin">Overlap of patches it was made for, in pixels.</param>
/// <param name="Shape">Sizes of what goes in and comes out.</param>
/// <param name="Activations">What waits between the two parts, in the order in which it is packed.</param>
/// <param name="Encoder">The part that runs once a patch.</param>
/// <param name="Matter">The part that runs once a query.</param>
/// <param name="Facts">The whole card, for <c>info</c>: training, data, licences, quality.</param>
public sealed record ModelCard(
    string Name,
    string Version,
    int Contexts,
    ContextUse ContextUse,
    int Margin,
    NetworkShape Shape,
    IReadOnlyList<ActivationTensor> Activations,
    ModelFile Encoder,
    ModelFile Matter,
    JsonElement Facts);
