using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Web.Uploads;

/// <summary>Body of the request that begins an upload.</summary>
internal sealed record NewUpload
{
    /// <summary>What the file is called, up to 200 characters; shown, never part of a path.</summary>
    public required string Name { get; init; }

    /// <summary>How long it is.</summary>
    public required long Bytes { get; init; }

    /// <summary>Drawn by the client, up to 200 characters: who repeats it goes on with the same upload.</summary>
    public string? Token { get; init; }

    /// <exception cref="InvalidInputException">A field will not do.</exception>
    public void Validate(long most)
    {
        if (Name is null || Name.Length > JobLimits.MaxName || Name.Any(char.IsControl))
            throw new InvalidInputException($"name must be plain text of up to {JobLimits.MaxName} characters");
        if (Token is { Length: 0 or > JobLimits.MaxName }) throw new InvalidInputException($"token must have 1 to {JobLimits.MaxName} characters; leave it out or draw one");
        if (Bytes < 1 || Bytes > most) throw new InvalidInputException($"bytes is {Bytes}; a file may have 1 to {most}");
    }
}
