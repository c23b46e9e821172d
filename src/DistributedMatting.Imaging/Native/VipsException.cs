namespace DistributedMatting.Imaging.Native;

/// <summary>libvips refused. The message is its own words on one line; who catches it names the file.</summary>
internal sealed class VipsException(string message) : Exception(message);
