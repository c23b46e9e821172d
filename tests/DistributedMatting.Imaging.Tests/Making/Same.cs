namespace DistributedMatting.Imaging.Tests.Making;

/// <summary>Compares millions of samples at the speed of memory, and names the first that differs.</summary>
internal static class Same
{
    internal static void Assert<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
        where T : IEquatable<T>
    {
        var common = expected.CommonPrefixLength(actual);
        if (common < expected.Length || common < actual.Length)
            Xunit.Assert.Fail($"at {common}: expected {At(expected, common)}, found {At(actual, common)} (lengths {expected.Length} and {actual.Length})");
    }

    private static string At<T>(ReadOnlySpan<T> values, int index) => index < values.Length ? $"{values[index]}" : "the end";
}
