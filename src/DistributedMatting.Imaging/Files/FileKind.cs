namespace DistributedMatting.Imaging;

/// <summary>What a file is, by its first bytes.</summary>
internal enum FileKind
{
    Other,
    Png,
    Tiff,
    Jpeg,
    WebP,
}
