using DistributedMatting.Core;
using DistributedMatting.Core.Storage;

namespace DistributedMatting.Workstation.Files;

/// <summary>Small files that go beside a result: written beside their place, then renamed into it.</summary>
public static class SideFile
{
    /// <summary>Writes the text; nobody ever sees half of it.</summary>
    /// <exception cref="InvalidInputException">There is no room or no right to write.</exception>
    public static void Write(string path, string text)
    {
        // Processes of different machines or containers may have one number.
        var partial = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            File.WriteAllText(partial, text);
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            try { File.Delete(partial); } catch (IOException) { } catch (UnauthorizedAccessException) { }
            throw DiskErrors.Refused(e, $"{path} cannot be written");
        }
    }
}
