using System.Diagnostics;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Telemetry;
using DistributedMatting.Core.Networks;
using DistributedMatting.Core.Patches;
using DistributedMatting.Core.Priors;
using DistributedMatting.Workstation.Timing;

namespace DistributedMatting.Workstation.Encoding;

/// <summary>Calls the encoder for patches of one plate, and counts.</summary>
internal sealed class PatchEncoder(IMattingNetwork network, PatchReader reader, IPriors? priors, ThreadTime time)
{
    private int _calls;

    public int Calls => Volatile.Read(ref _calls);

    public Worker NewWorker() => new(this);

    /// <summary>One thread's share.</summary>
    public sealed class Worker(PatchEncoder owner) : IDisposable
    {
        private readonly PatchInput _input = new(owner.Reader, owner.Priors, owner.Network.Shape);
        private readonly byte[] _note = new byte[2 * owner.Network.Shape.KeyChannels * sizeof(float)];

        /// <param name="patch">Which.</param>
        /// <param name="tokens">As for <see cref="IMattingNetwork.Encode"/>.</param>
        /// <param name="activations">As for <see cref="IMattingNetwork.Encode"/>.</param>
        public EncodedPatch Encode(Patch patch, byte[]? tokens = null, byte[]? activations = null)
        {
            ReadOnlySpan<float> planes;
            using (owner.Time.Of(Work.Inputs)) planes = _input.Read(patch);
            Interlocked.Increment(ref owner._calls);
            var began = Stopwatch.GetTimestamp();
            EncodedPatch encoded;
            using (owner.Time.Of(Work.NetworkEncode)) encoded = owner.Network.Encode(planes, tokens, activations);
            MattingTelemetry.Inferred(MattingStage.Encode, began);
            return encoded;
        }

        public void Keep(int slot, EncodedPatch encoded, TokenStore tokens)
        {
            using (owner.Time.Of(Work.Stores)) tokens.Write(slot, encoded, _note);
        }

        public void Dispose()
        {
        }
    }

    private IMattingNetwork Network => network;

    private PatchReader Reader => reader;

    private IPriors? Priors => priors;

    private ThreadTime Time => time;
}
