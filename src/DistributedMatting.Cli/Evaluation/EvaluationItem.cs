namespace DistributedMatting.Cli.Evaluation;

/// <summary>One image of a set: its name, and where the image, its trimap and its true alpha are.</summary>
internal sealed record EvaluationItem(string Name, string Image, string Trimap, string Alpha);
