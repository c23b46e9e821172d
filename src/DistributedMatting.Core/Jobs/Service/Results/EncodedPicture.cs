namespace DistributedMatting.Core.Jobs.Service.Results;

/// <summary>A picture as it is sent.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="ContentType">image/jpeg or image/png.</param>
public sealed record EncodedPicture(ReadOnlyMemory<byte> Bytes, string ContentType);

/// <summary>What a picture is made of, before it is made.</summary>
/// <param name="Tag">Differs whenever the picture would; letters and digits.</param>
/// <param name="IsFinal">Whether it will never change.</param>
public sealed record PictureTag(string Tag, bool IsFinal);
