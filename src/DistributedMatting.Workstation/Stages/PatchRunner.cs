using DistributedMatting.Core;
using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Patches;
using DistributedMatting.Workstation.Encoding;
using DistributedMatting.Workstation.Matting;
using DistributedMatting.Workstation.Timing;

namespace DistributedMatting.Workstation.Stages;

/// <summary>Encodes and mattes single patches of a plate: what the threads of <see cref="PlateJob"/> do, one at a time.</summary>
/// <remarks>One thread at a time; a process may have many.</remarks>
public sealed class PatchRunner : IDisposable
{
    private readonly IMattingNetwork _network;
    private readonly PlateRoom _room;
    private readonly MatteBuffers _buffers;

    /// <param name="network">The one that the plate was taken in for.</param>
    /// <param name="room">The plate; not disposed here.</param>
    public PatchRunner(IMattingNetwork network, PlateRoom room)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(room);
        (_network, _room) = (network, room);
        var encoder = new PatchEncoder(network, new PatchReader(room.Plate, room.Trimap), room.Priors, new ThreadTime(TimeProvider.System));
        _buffers = new MatteBuffers(network.Shape, encoder);
    }

    /// <summary>Runs the encoder on a patch.</summary>
    /// <param name="patch">Index in the grid.</param>
    /// <param name="activations">An array that nobody needs any more, to be filled; null for a new one.</param>
    /// <exception cref="InvalidInputException">The plate's files are damaged.</exception>
    public EncodedPatch Encode(int patch, byte[]? activations = null) => _buffers.Encoder.Encode(_room.Grid[patch], activations: activations);

    /// <summary>Runs TGNL and the decoder on a patch.</summary>
    /// <param name="patch">Index in the grid.</param>
    /// <param name="activations">What <see cref="Encode"/> gave for it.</param>
    /// <param name="contexts">Tokens of its contexts, best first.</param>
    /// <returns><c>Patch × Patch</c> values, 0 to 65535 for 0 to 1; valid until the next call.</returns>
    /// <exception cref="InvalidInputException">The network gave no number.</exception>
    public ReadOnlySpan<ushort> Matte(int patch, ReadOnlyMemory<byte> activations, IReadOnlyList<ReadOnlyMemory<byte>> contexts)
    {
        _network.Matte(activations, contexts, _buffers.Alpha);
        _buffers.Encode(patch);
        return _buffers.Units;
    }

    /// <inheritdoc/>
    public void Dispose() => _buffers.Dispose();
}
