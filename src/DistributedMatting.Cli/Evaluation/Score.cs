using DistributedMatting.Core.Metrics;

namespace DistributedMatting.Cli.Evaluation;

/// <summary>How far one matte is from the truth, and how long it took.</summary>
internal sealed record Score(string Name, MattingErrors Errors, double Seconds)
{
    /// <summary>The mean over images, as the literature averages: every image counts the same.</summary>
    public static MattingErrors Mean(IReadOnlyCollection<Score> scores) => new(
        scores.Average(score => score.Errors.Sad),
        scores.Average(score => score.Errors.Mse),
        scores.Average(score => score.Errors.Gradient),
        scores.Average(score => score.Errors.Connectivity));
}
