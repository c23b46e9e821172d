using System.Reflection;

namespace DistributedMatting.Cli.Output;

/// <summary>Version of the software: 0.1.0, and after a plus the commit it was built from.</summary>
internal static class ProductVersion
{
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
