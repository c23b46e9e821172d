using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace DistributedMatting.Imaging;

/// <summary>Things with a file's name that are none: a pipe or device must be neither read as a picture nor replaced by one.</summary>
public static partial class SpecialFile
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint TypeAndMode = 3; // STATX_TYPE | STATX_MODE
    private const int AnswerBytes = 256, ModeAt = 28; // struct statx, the same on every Linux

    /// <summary>What it is, to end the sentence "… is"; null for a file, a folder, or nothing at all.</summary>
    public static string? Describe(string path)
    {
        if (!OperatingSystem.IsLinux()) return null;
        Span<byte> answer = stackalloc byte[AnswerBytes];
        // Opening a pipe would wait for its writer, so it is only asked for. Links are followed.
        if (Statx(CurrentFolder, path, 0, TypeAndMode, ref MemoryMarshal.GetReference(answer)) != 0) return null;
        return (BinaryPrimitives.ReadUInt16LittleEndian(answer[ModeAt..]) >> 12) switch
        {
            1 => "a pipe",
            2 or 6 => "a device",
            12 => "a socket",
            _ => null,
        };
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte answer);
}
