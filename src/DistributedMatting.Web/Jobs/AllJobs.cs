using System.Runtime.CompilerServices;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Web;

/// <summary>All jobs that match, page after page. A job that comes or goes meanwhile may be told twice or not at all.</summary>
internal static class AllJobs
{
    public static async IAsyncEnumerable<JobStatus> OfAsync(IMattingService service, JobQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var offset = 0; ; offset += JobLimits.MaxPage)
        {
            var page = await service.ListAsync(query with { Offset = offset, Limit = JobLimits.MaxPage }, cancellation);
            foreach (var job in page.Jobs) yield return job;
            if (page.Jobs.Count < JobLimits.MaxPage) yield break;
        }
    }
}
