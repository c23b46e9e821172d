namespace DistributedMatting.Web.Access.Keys;

/// <summary>A key as it is kept: without the key.</summary>
/// <param name="Name">Whose it is, up to 200 characters; the user of the jobs that it submits.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Projects">The only projects that it sees and submits to; null for all.</param>
/// <param name="Sha256">Of the key's text, 64 lower-case hexadecimal digits.</param>
/// <param name="CreatedUtc">When it was made, UTC.</param>
public sealed record KeyEntry(string Name, Role Role, IReadOnlyList<string>? Projects, string Sha256, DateTimeOffset CreatedUtc);
