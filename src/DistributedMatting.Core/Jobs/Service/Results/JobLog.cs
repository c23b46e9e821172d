namespace DistributedMatting.Core.Jobs.Service.Results;

/// <summary>What happened to a job, oldest first.</summary>
/// <param name="Lines">At most the last <see cref="MaxLines"/>.</param>
public sealed record JobLog(IReadOnlyList<JobLogLine> Lines)
{
    /// <summary>Most lines that are told.</summary>
    public const int MaxLines = 1000;
}

/// <summary>One line.</summary>
/// <param name="Time">When, UTC.</param>
/// <param name="Text">What, for a person.</param>
public sealed record JobLogLine(DateTimeOffset Time, string Text);
