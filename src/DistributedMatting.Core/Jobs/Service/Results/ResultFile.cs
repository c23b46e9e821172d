namespace DistributedMatting.Core.Jobs.Service.Results;

/// <summary>A finished file of a job, open. Who receives it closes it.</summary>
/// <param name="Content">Can be read from anywhere; its length is the file's.</param>
/// <param name="Name">What a person would save it as.</param>
/// <param name="ContentType">image/tiff, image/png or application/json.</param>
/// <param name="WrittenUtc">When it was written, UTC.</param>
/// <param name="Tag">Differs whenever the file does; letters and digits.</param>
public sealed record ResultFile(Stream Content, string Name, string ContentType, DateTimeOffset WrittenUtc, string Tag);
