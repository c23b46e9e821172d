using DistributedMatting.Core;
using DistributedMatting.Core.Networks;
using DistributedMatting.Onnx.Devices;
using DistributedMatting.Onnx.Models;
using DistributedMatting.Onnx.Sessions;
using DistributedMatting.Onnx.Tokens;
using Microsoft.ML.OnnxRuntime;

namespace DistributedMatting.Onnx;

/// <summary>
/// An exported network on one device. A call runs on its caller's thread alone, straight on the caller's
/// memory; call it from many threads to use many processors.
/// </summary>
/// <remarks>
/// <see cref="EncodedPatch.Activations"/> is the region of every cell (1 byte each), then the tensors that the card
/// lists, in its order, back to back.
/// </remarks>
public sealed unsafe class OnnxMattingNetwork : IMattingNetwork
{
    private readonly GraphContract _contract;
    private readonly long[] _activationBytes;
    private readonly InferenceSession _encoder;
    private readonly InferenceSession _matter;
    private readonly RunOptions _run = new();

    private OnnxMattingNetwork(ModelCard card, GraphContract contract, Device device, InferenceSession encoder, InferenceSession matter)
    {
        Card = card;
        Device = device;
        _contract = contract;
        _activationBytes = [.. card.Activations.Select(tensor => tensor.Bytes)];
        _encoder = encoder;
        _matter = matter;
    }

    /// <summary>The card of the model.</summary>
    public ModelCard Card { get; }

    /// <summary>What it runs on.</summary>
    public Device Device { get; }

    /// <inheritdoc/>
    public NetworkShape Shape => Card.Shape;

    /// <summary>Version of ONNX Runtime.</summary>
    public static string RuntimeVersion => OrtRuntime.Version;

    /// <summary>Loads both parts of a model.</summary>
    /// <param name="model">An opened model folder.</param>
    /// <param name="device">From <see cref="DeviceList.Find"/>.</param>
    /// <exception cref="InvalidInputException">A part is damaged, or is not what the card says.</exception>
    public static OnnxMattingNetwork Load(ModelFolder model, Device device)
    {
        var contract = new GraphContract(model.Card);
        var encoder = Part(model, model.Card.Encoder, device, contract.EncoderInputs, contract.EncoderOutputs);
        try
        {
            var matter = Part(model, model.Card.Matter, device, contract.MatterInputs, contract.MatterOutputs);
            return new OnnxMattingNetwork(model.Card, contract, device, encoder, matter);
        }
        catch
        {
            encoder.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public EncodedPatch Encode(ReadOnlySpan<float> input, byte[]? tokens = null, byte[]? activations = null)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(input.Length, Shape.InputChannels * Shape.Patch * Shape.Patch, nameof(input));

        tokens ??= GC.AllocateUninitializedArray<byte>(Shape.TokenBytes);
        activations ??= GC.AllocateUninitializedArray<byte>(Shape.ActivationBytes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(tokens.Length, Shape.TokenBytes, nameof(tokens));
        ArgumentOutOfRangeException.ThrowIfNotEqual(activations.Length, Shape.ActivationBytes, nameof(activations));
        var querySum = new float[Shape.KeyChannels];
        var contextSum = new float[Shape.KeyChannels];
        fixed (void* patch = input, token = tokens, activation = activations, query = querySum, context = contextSum)
        {
            using var inputs = new TensorList(1);
            inputs.Add(_contract.EncoderInputs[0], patch, sizeof(float) * (long)input.Length);

            // In the order of GraphContract.EncoderOutputs.
            using var outputs = new TensorList(_contract.EncoderOutputs.Count);
            var specs = _contract.EncoderOutputs;
            var afterRegions = outputs.Add(specs[0], token, Shape.Cells);
            AddActivations(outputs, (byte*)activation + Shape.Cells);
            var afterKeys = outputs.Add(specs[^4], afterRegions, 2L * Shape.Cells * Shape.KeyChannels);
            outputs.Add(specs[^3], afterKeys, 2L * Shape.Cells * Shape.ValueChannels);
            outputs.Add(specs[^2], query, sizeof(float) * Shape.KeyChannels);
            outputs.Add(specs[^1], context, sizeof(float) * Shape.KeyChannels);
            _encoder.Run(_run, inputs.Names, inputs.Values, outputs.Names, outputs.Values);
        }
        tokens.AsSpan(0, Shape.Cells).CopyTo(activations);
        return new EncodedPatch(tokens, activations, querySum, contextSum);
    }

    /// <inheritdoc/>
    public void Matte(ReadOnlyMemory<byte> activations, IReadOnlyList<ReadOnlyMemory<byte>> contextTokens, Span<float> alpha)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(activations.Length, Shape.ActivationBytes, nameof(activations));
        ArgumentOutOfRangeException.ThrowIfNotEqual(alpha.Length, Shape.Patch * Shape.Patch, nameof(alpha));

        using var queries = QueryCells.Of(activations.Span[..Shape.Cells]);
        using var contexts = ContextTokens.Gather(Shape, contextTokens);
        fixed (byte* activation = activations.Span, token = contexts.Buffer)
        fixed (long* query = queries.Buffer)
        fixed (float* result = alpha)
        {
            using var inputs = new TensorList(_contract.MatterInputs.Count);
            var spec = AddActivations(inputs, activation + Shape.Cells);
            inputs.Add(_contract.MatterInputs[spec++], query, sizeof(long) * (long)queries.Count, rows: queries.Count);
            foreach (var region in contexts.Regions)
            {
                inputs.Add(_contract.MatterInputs[spec++], token + region.Keys, region.KeyBytes, region.Rows);
                inputs.Add(_contract.MatterInputs[spec++], token + region.Values, region.ValueBytes, region.Rows);
            }

            using var outputs = new TensorList(1);
            outputs.Add(_contract.MatterOutputs[0], result, sizeof(float) * (long)alpha.Length);
            _matter.Run(_run, inputs.Names, inputs.Values, outputs.Names, outputs.Values);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _encoder.Dispose();
        _matter.Dispose();
        _run.Dispose();
    }

    private int AddActivations(TensorList tensors, byte* first)
    {
        for (var i = 0; i < _activationBytes.Length; i++)
            first = tensors.Add(_contract.Activations[i], first, _activationBytes[i]);
        return _activationBytes.Length;
    }

    private static InferenceSession Part(
        ModelFolder model, ModelFile part, Device device, IReadOnlyList<TensorSpec> inputs, IReadOnlyList<TensorSpec> outputs)
    {
        var path = model.PathOf(part);
        var session = SessionFactory.Create(path, model.Read(part), device);
        try
        {
            GraphContract.Check(path, session, inputs, outputs);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
