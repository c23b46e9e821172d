namespace DistributedMatting.Imaging;

/// <summary>Tells what a file is from its first bytes; its name is never believed.</summary>
internal static class FileSignature
{
    /// <summary>Bytes that are worth looking at.</summary>
    internal const int Length = 16;

    internal static FileKind KindOf(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("\x89PNG\r\n\x1a\n"u8) || start.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G']))
            return FileKind.Png;
        if (start.StartsWith("II\x2a\0"u8) || start.StartsWith("MM\0\x2a"u8) || start.StartsWith("II\x2b\0"u8) || start.StartsWith("MM\0\x2b"u8))
            return FileKind.Tiff;
        if (start.StartsWith<byte>([0xff, 0xd8, 0xff]))
            return FileKind.Jpeg;
        if (start.StartsWith("RIFF"u8) && start.Length >= 12 && start[8..].StartsWith("WEBP"u8))
            return FileKind.WebP;
        return FileKind.Other;
    }

    /// <summary>What an unsupported file seems to be, to end the sentence "it seems to be …".</summary>
    internal static string Describe(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith<byte>([0x76, 0x2f, 0x31, 0x01])) return "OpenEXR";
        if (start.StartsWith("SDPX"u8) || start.StartsWith("XPDS"u8)) return "DPX";
        if (start.StartsWith("GIF8"u8)) return "GIF";
        if (start.StartsWith("8BPS"u8)) return "a Photoshop document";
        if (start.StartsWith("#?R"u8)) return "Radiance HDR";
        if (start.StartsWith("%PDF"u8)) return "PDF";
        if (start.StartsWith("PK"u8)) return "a zip archive";
        if (start.StartsWith<byte>([0x1f, 0x8b])) return "a gzip archive";
        if (start.StartsWith<byte>([0xff, 0x0a]) || (start.Length >= 8 && start[4..].StartsWith("JXL "u8))) return "JPEG XL";
        if (start.Length >= 8 && start[4..].StartsWith("jP"u8)) return "JPEG 2000";
        if (start.Length >= 12 && start[4..].StartsWith("ftyp"u8)) return start[8..].StartsWith("avif"u8) ? "AVIF" : start[8..].StartsWith("he"u8) || start[8..].StartsWith("mif1"u8) ? "HEIC" : "a video or a HEIC picture";
        if (start.StartsWith<byte>([0x7f, (byte)'E', (byte)'L', (byte)'F'])) return "a program";
        if (start.StartsWith("BM"u8)) return "BMP";
        if (start.StartsWith("<"u8)) return "text (SVG, HTML or XML)";
        foreach (var value in start)
            if (value is < 9 or (> 13 and < 32) or > 126)
                return "no image format that we know";
        return "text";
    }
}
