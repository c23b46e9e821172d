using DistributedMatting.Core.Metrics;

namespace DistributedMatting.Cli.Evaluation;

/// <summary>How far one matte is from the truth, and how long it took.</summary>
/// <param name="Name">Of the image.</param>
/// <param name="Errors">Over the unknown region.</param>
/// <param name="Blind">Over the pixels for which patches answer that see nothing known; null where the image has none.</param>
/// <param name="Seconds">Spent on the matte.</param>
internal sealed record Score(string Name, MattingErrors Errors, BlindErrors? Blind, double Seconds)
{
    /// <summary>Measures a matte of an image.</summary>
    public static Score Of(string name, float[] alpha, EvaluationImage image, double seconds) => new(
        name, MattingErrors.Measure(alpha, image.Truth, image.Regions, image.Size), BlindErrors.Measure(alpha, image), seconds);

    /// <summary>The mean of those errors over the images that have such pixels; null if none has.</summary>
    public static BlindErrors? MeanBlind(IReadOnlyCollection<Score> scores)
    {
        var blind = scores.Select(score => score.Blind).OfType<BlindErrors>().ToList();
        return blind.Count == 0 ? null : new(blind.Sum(one => one.Patches), blind.Average(one => one.Sad), blind.Average(one => one.Mse));
    }

    /// <summary>The mean over images, as the literature averages: every image counts the same.</summary>
    public static MattingErrors Mean(IReadOnlyCollection<Score> scores) => new(
        scores.Average(score => score.Errors.Sad),
        scores.Average(score => score.Errors.Mse),
        scores.Average(score => score.Errors.Gradient),
        scores.Average(score => score.Errors.Connectivity));
}
