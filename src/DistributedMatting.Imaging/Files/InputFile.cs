using DistributedMatting.Core;
using DistributedMatting.Core.Storage;

namespace DistributedMatting.Imaging;

/// <summary>The checks of a file before any decoder sees it.</summary>
internal static class InputFile
{
    internal const string Supported = "PNG, TIFF, JPEG and WebP are read";

    /// <summary>Opens the file once to see that it is there, may be read, and is one of ours.</summary>
    /// <exception cref="InvalidInputException">One line that names the file.</exception>
    internal static (FileKind Kind, long Length) Check(string path)
    {
        if (string.IsNullOrEmpty(path) || path.Contains('\0'))
            throw new InvalidInputException("an empty file name was given; give the path of an image");
        if (Directory.Exists(path))
            throw new InvalidInputException($"{path}: is a folder; give the path of an image file");

        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
                throw new InvalidInputException($"{path}: does not exist; give the path of an image file");
            if (SpecialFile.Describe(path) is { } special) // opening one might wait for ever
                throw new InvalidInputException($"{path}: is {special}; a picture is read more than once, so give the path of an image file");
            if (file.Length == 0)
                throw new InvalidInputException($"{path}: is empty; export it again");

            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1);
            Span<byte> start = stackalloc byte[FileSignature.Length];
            start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
            var kind = FileSignature.KindOf(start);
            if (kind == FileKind.Other)
                throw new InvalidInputException($"{path}: cannot be read, it seems to be {FileSignature.Describe(start)}; {InputFile.Supported}");
            return (kind, file.Length);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InvalidInputException($"{path}: may not be read by this user; change its permissions", e);
        }
        catch (IOException e)
        {
            throw DiskErrors.Refused(e, $"{path} cannot be opened");
        }
    }
}
