namespace DistributedMatting.Chaos.Farm;

/// <summary>Waits for what must come, and says what was missing if it does not.</summary>
public static class Wait
{
    /// <param name="what">What must come.</param>
    /// <param name="within">For how long it is waited for.</param>
    /// <param name="isThere">Whether it is there.</param>
    /// <param name="said">What else is known when it does not come, asked then.</param>
    public static async Task UntilAsync(string what, TimeSpan within, Func<Task<bool>> isThere, Func<string>? said = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await isThere())
        {
            if (TimeProvider.System.GetElapsedTime(began) > within) throw new TimeoutException($"within {within}: {what}{(said is null ? "" : $"; it said: {said()}")}");
            await Task.Delay(50);
        }
    }

    /// <inheritdoc cref="UntilAsync(string, TimeSpan, Func{Task{bool}}, Func{string})"/>
    public static Task UntilAsync(string what, TimeSpan within, Func<bool> isThere, Func<string>? said = null) =>
        UntilAsync(what, within, () => Task.FromResult(isThere()), said);
}
