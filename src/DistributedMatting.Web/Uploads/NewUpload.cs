using DistributedMatting.Core;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Web.Uploads;

/// <summary>Body of the request that begins an upload.</summary>
/// <param name="Name">What the file is called, up to 200 characters; shown, never part of a path.</param>
/// <param name="Bytes">How long it is.</param>
/// <param name="Token">Drawn by the client, up to 200 characters: who repeats it goes on with the same upload.</param>
internal sealed record NewUpload(string Name, long Bytes, string? Token = null)
{
    /// <exception cref="InvalidInputException">A field will not do.</exception>
    public void Validate(long most)
    {
        if (Name is null || Name.Length > JobLimits.MaxName || Name.Any(char.IsControl))
            throw new InvalidInputException($"name must be plain text of up to {JobLimits.MaxName} characters");
        if (Token is { Length: 0 or > JobLimits.MaxName }) throw new InvalidInputException($"token must have 1 to {JobLimits.MaxName} characters; leave it out or draw one");
        if (Bytes < 1 || Bytes > most) throw new InvalidInputException($"bytes is {Bytes}; a file may have 1 to {most}");
    }
}
