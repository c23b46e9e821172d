namespace DistributedMatting.Chaos.Farm;

/// <summary>Waits for what must come, and says what was missing if it does not.</summary>
public static class Wait
{
    public static async Task UntilAsync(string what, TimeSpan within, Func<Task<bool>> isThere)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await isThere())
        {
            if (TimeProvider.System.GetElapsedTime(began) > within) throw new TimeoutException($"within {within}: {what}");
            await Task.Delay(50);
        }
    }

    public static Task UntilAsync(string what, TimeSpan within, Func<bool> isThere) => UntilAsync(what, within, () => Task.FromResult(isThere()));
}
