namespace DistributedMatting.Cli.Serve;

/// <summary>Where a service keeps what is its own.</summary>
internal static class ServeFolders
{
    /// <summary>The user's data folder (XDG), so that it does not depend on where the service is started.</summary>
    public static string StandardData { get; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "distributed-matting");

    /// <summary>The queue in a data folder.</summary>
    public static string Queue(string data) => Path.Combine(data, "jobs");

    /// <summary>Uploads in a data folder.</summary>
    public static string Uploads(string data) => Path.Combine(data, "uploads");

    /// <summary>What browser sessions are sealed with, in a data folder.</summary>
    public static string Sessions(string data) => Path.Combine(data, "sessions");
}
