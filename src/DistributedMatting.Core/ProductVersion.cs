using System.Reflection;

namespace DistributedMatting.Core;

/// <summary>Version of the software: 0.1.0, and after a plus the commit it was built from.</summary>
public static class ProductVersion
{
    /// <summary>As told to people and written into provenance.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
