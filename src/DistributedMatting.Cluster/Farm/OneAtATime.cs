namespace DistributedMatting.Cluster.Farm;

/// <summary>Lets one piece of work after another run, in the order in which they came. For the turns of one grain.</summary>
internal sealed class OneAtATime
{
    private Task _last = Task.CompletedTask;

    public async Task Run(Func<Task> work)
    {
        var before = _last;
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _last = end.Task;
        await before;
        try
        {
            await work();
        }
        finally
        {
            end.SetResult();
        }
    }
}
