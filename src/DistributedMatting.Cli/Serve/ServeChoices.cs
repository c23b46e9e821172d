using System.Net;

namespace DistributedMatting.Cli.Serve;

/// <summary>What a person chose for <c>matting serve</c>, apart from the model.</summary>
internal sealed record ServeChoices
{
    /// <summary>Address and port.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>Folders that clients may name files in.</summary>
    public required IReadOnlyList<string> Roots { get; init; }

    /// <summary>Where the queue is kept.</summary>
    public required string Data { get; init; }

    /// <summary>Who is let in, and how much they may have; its folders are not set yet.</summary>
    public required ServeAccess.Choices Web { get; init; }

    /// <summary>Plates of more million pixels are refused.</summary>
    public required int MaxMegapixels { get; init; }
}
