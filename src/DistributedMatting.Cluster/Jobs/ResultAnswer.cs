using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Results;

namespace DistributedMatting.Cluster.Jobs;

/// <summary>What can be seen of a job, or why not.</summary>
/// <param name="Result">What was asked for, as JSON; null where it is not there.</param>
/// <param name="Missing">Why not, in one line; null where there is no such job.</param>
[GenerateSerializer, Immutable, Alias("matting.ResultAnswer")]
public sealed record ResultAnswer([property: Id(0)] string? Result, [property: Id(1)] string? Missing = null)
{
    /// <summary>Runs something that may find nothing.</summary>
    public static async Task<ResultAnswer> Try<T>(Func<T> look)
    {
        try
        {
            return new ResultAnswer(Wire.Write(await Task.Run(look)));
        }
        catch (ResultMissingException error)
        {
            return new ResultAnswer(null, error.Message);
        }
    }

    /// <summary>What was asked for, or what <see cref="IJobResults"/> promises where it is not there.</summary>
    public T Open<T>(JobId id) => Result is { } result ? Wire.Read<T>(result)
        : Missing is { } why ? throw new ResultMissingException(why) : throw new JobNotFoundException(id);
}
