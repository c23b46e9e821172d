using DistributedMatting.Core.Jobs;

namespace DistributedMatting.Onnx.Models;

/// <summary>What a card may ask for. A card is a stranger's file: nothing is allocated before it passed these.</summary>
internal static class CardLimits
{
    public const string Format = "distributed-matting-model/1";
    public const int CardBytes = 1 << 20;
    public const int NameLength = 100;
    public const int MinPatch = 64;
    public const int MaxPatch = 2048;
    public const int Stride = 8;
    public const int MaxTokenChannels = 2048;
    public const int MaxContexts = MattingSettings.MaxContexts;
    public const int MaxActivations = 64;
    public const int MaxActivationChannels = 8192;

    /// <summary>A width-1.0 network with 640-pixel patches packs some 40 MB.</summary>
    public const long MaxActivationBytes = 512L << 20;

    /// <summary>Protobuf's own limit, and so ONNX's.</summary>
    public const long MaxPartBytes = int.MaxValue;
}
