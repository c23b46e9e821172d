using DistributedMatting.Chaos.Farm;
using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Chaos;

/// <summary>One plate, one mishap.</summary>
/// <param name="IsGood">Whether the job ended with the workstation's bytes, and nothing was committed twice.</param>
/// <param name="IsLate">Whether the job had ended before the mishap.</param>
/// <param name="Text">What happened, in one line.</param>
public sealed record ChaosRound(bool IsGood, bool IsLate, string Text)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>How long a farm takes for such a plate when nothing goes wrong: of two, the second.</summary>
    public static async Task<TimeSpan> UndisturbedAsync(TestFarm farm, int side)
    {
        var took = TimeSpan.Zero;
        for (var seed = 1001; seed < 1003; seed++)
        {
            var began = TimeProvider.System.GetTimestamp();
            var receipt = await farm.Service.SubmitAsync(Plate(farm, $"undisturbed{seed}", side, seed), CancellationToken.None);
            await farm.EndAsync(receipt.Job.Id, Limit);
            took = TimeProvider.System.GetElapsedTime(began);
        }
        return took;
    }

    /// <summary>Has a plate matted, and one thing go wrong meanwhile.</summary>
    /// <param name="farm">By whom.</param>
    /// <param name="round">Its number.</param>
    /// <param name="kind">What goes wrong.</param>
    /// <param name="random">Whom it strikes, and when.</param>
    /// <param name="side">Of the plate.</param>
    /// <param name="within">It goes wrong so long after the submission at most.</param>
    /// <param name="other">What goes wrong, if it is of no known kind.</param>
    public static async Task<ChaosRound> RunAsync(TestFarm farm, int round, string kind, Random random, int side, TimeSpan within, Func<Task>? other = null)
    {
        var submission = Plate(farm, $"round{round}", side, round);
        var expected = await TestPlates.MatteAsync(farm.Choices.Reference(), submission, CancellationToken.None);
        var receipt = await farm.Service.SubmitAsync(submission with { Token = $"round{round}-{Guid.NewGuid():N}" }, CancellationToken.None);
        var began = TimeProvider.System.GetTimestamp();
        var after = within * random.NextDouble();
        var mishap = MishapAsync(farm, kind, after, random, other);
        var job = await farm.EndAsync(receipt.Job.Id, Limit);
        var took = TimeProvider.System.GetElapsedTime(began);
        await mishap;

        var same = job.State == JobState.Succeeded && (await File.ReadAllBytesAsync(submission.Alpha)).AsSpan().SequenceEqual(expected);
        var report = job.Report;
        var twice = report is null ? 0 : farm.Commits(report.JobKey).Values.Count(times => times > 1);
        var matted = report is null ? 0 : farm.Matted(report.JobKey);
        var complete = matted == report?.PatchesTotal - report?.PatchesKnown;
        var late = after > took;
        return new ChaosRound(
            same && twice == 0 && complete,
            late,
            $"{kind} after {after.TotalSeconds:0.00} s{(late ? ", too late" : "")}; {job.State} after {took.TotalSeconds:0.0} s, {(same ? "same bytes" : "OTHER BYTES")}, "
            + $"{matted} patches, {twice} committed twice{(job.Error is { } error ? $"; {error}" : "")}");
    }

    private static JobSubmission Plate(TestFarm farm, string name, int side, int seed) =>
        TestPlates.Write(Path.Combine(farm.Root, "plates"), name, side, side - side / 5, seed);

    private static async Task MishapAsync(TestFarm farm, string kind, TimeSpan after, Random random, Func<Task>? other)
    {
        await Task.Delay(after);
        if (other is not null)
        {
            await other();
            return;
        }
        var living = farm.Silos.Where(silo => !silo.HasEnded).ToArray();
        var victim = living[random.Next(living.Length)];
        switch (kind)
        {
            case "kill":
                victim.Kill();
                // A supervisor starts the only silo of a farm again; where there are others, nobody need.
                if (living.Length == 1) await farm.AddAsync();
                break;
            case "term":
                victim.Signal("TERM");
                await victim.EndAsync(TimeSpan.FromSeconds(60));
                if (living.Length == 1) await farm.AddAsync();
                break;
            case "pause":
                victim.Signal("STOP");
                await Task.Delay(TimeSpan.FromSeconds(20));
                victim.Signal("CONT");
                break;
            case "redis":
                farm.Redis.Kill();
                await Task.Delay(TimeSpan.FromSeconds(2));
                await farm.Redis.StartAsync();
                break;
        }
    }
}
