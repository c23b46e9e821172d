using DistributedMatting.Core.Context;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Workstation.Timing;

namespace DistributedMatting.Workstation.Encoding;

/// <summary>Chooses the context patches of every query that is still to be matted and draws on any, among all patches with unknown pixels.</summary>
internal sealed class RankStage(PlateJob job, PlateQueries queries, TokenStore tokens)
{
    public ContextRanking Run(MattingSettings settings, int threads, CancellationToken cancellation)
    {
        var clock = new StageClock(job.Clock, job.Progress, MattingStage.Rank, queries.ToMatte.Count, "patches");
        var slots = queries.ToMatte.ToLookup(slot => queries.Asks(slot, settings.ContextUse));
        var asking = slots[true].Select(slot => tokens.Query(slot, queries[slot].Index)).ToArray();
        var candidates = Enumerable.Range(0, queries.Count).Select(slot => tokens.Context(slot, queries[slot].Index)).ToArray();
        var ranking = new ContextRanker(settings.Contexts, settings.Candidates).Rank(asking, candidates, threads, cancellation)
            .And(slots[false].Select(slot => queries[slot].Index));
        job.Observer?.Ranked(ranking);
        clock.Add(queries.ToMatte.Count);
        return ranking;
    }
}
