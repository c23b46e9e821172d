namespace DistributedMatting.Core.Jobs.Service;

/// <summary>What is asked for: one plate, and how to go about it.</summary>
public sealed record JobSubmission
{
    /// <summary>The plate: an absolute path that the engine can read.</summary>
    public required string Plate { get; init; }

    /// <summary>The trimap, likewise; null takes the plate's own alpha channel.</summary>
    public string? Trimap { get; init; }

    /// <summary>The alpha to write: an absolute path ending in .tif, .tiff or .png. A front may choose it for its client; an engine needs it.</summary>
    public string Alpha { get; init; } = "";

    /// <summary>Whether an alpha that is there already may be replaced.</summary>
    public bool Replace { get; init; }

    /// <summary>Bits a sample of the alpha: 8, 16 or 32 (float; TIFF only).</summary>
    public int Depth { get; init; } = 16;

    /// <summary>Overlap of neighbouring patches in pixels, 0 to half a patch; null takes the model's.</summary>
    public int? Margin { get; init; }

    /// <summary>Context patches of each query, 0 to 64; null takes the model's.</summary>
    public int? Contexts { get; init; }

    /// <summary>What people call it, up to 200 characters; empty takes the plate's file name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The project that it belongs to, up to 200 characters.</summary>
    public string Project { get; init; } = "";

    /// <summary>Who asked for it, up to 200 characters.</summary>
    public string User { get; init; } = "";

    /// <summary>What the person wants to be remembered, up to 2000 characters.</summary>
    public string Comment { get; init; } = "";

    /// <summary>0 to 100; the highest goes first.</summary>
    public int Priority { get; init; } = JobLimits.StandardPriority;

    /// <summary>
    /// Drawn by the client, up to 200 characters: a submission that repeats a token is the same job,
    /// so that a client whose connection broke may simply ask again. Null: every submission is a new job.
    /// </summary>
    public string? Token { get; init; }

    /// <summary>Throws unless every field lies within its limits. Files are not looked at.</summary>
    /// <exception cref="InvalidInputException">Names the field and what would be right.</exception>
    public void Validate()
    {
        JobLimits.RequirePath("plate", Plate);
        if (Trimap is not null) JobLimits.RequirePath("trimap", Trimap);
        JobLimits.RequirePath("alpha", Alpha);
        RequireFormat();
        JobLimits.Require("margin", Margin, 0, JobLimits.MaxMargin);
        JobLimits.Require("contexts", Contexts, 0, MattingSettings.MaxContexts);
        JobLimits.RequirePriority(Priority);
        JobLimits.RequireText("name", Name, JobLimits.MaxName);
        JobLimits.RequireText("project", Project, JobLimits.MaxName);
        JobLimits.RequireText("user", User, JobLimits.MaxName);
        JobLimits.RequireText("token", Token ?? "", JobLimits.MaxName);
        if (Token is "") throw new InvalidInputException("token is empty; leave it out or draw one");
        JobLimits.RequireComment(Comment);
    }

    private void RequireFormat()
    {
        var ending = Path.GetExtension(Alpha).ToLowerInvariant();
        if (ending is not (".tif" or ".tiff" or ".png"))
            throw new InvalidInputException("alpha has another ending; an alpha is written as .tif, .tiff or .png");
        if (Path.GetFileNameWithoutExtension(Alpha).Length == 0)
            throw new InvalidInputException($"alpha has no name before its ending {ending}; name the file, like alpha{ending}");
        if (Depth is not (8 or 16 or 32)) throw new InvalidInputException($"depth is {Depth}; it must be 8, 16 or 32 (float)");
        if (Depth == 32 && ending == ".png") throw new InvalidInputException("depth is 32, and PNG holds 8 or 16 bits; TIFF holds floats");
    }
}
