namespace DistributedMatting.Web.Access;

/// <summary>What a caller may do; each may do what the ones before it may.</summary>
public enum Role
{
    /// <summary>Sees jobs and their pictures.</summary>
    Viewer,

    /// <summary>Also submits and uploads, and changes jobs of their own.</summary>
    Submitter,

    /// <summary>Everything: other people's jobs, any priority, workers.</summary>
    Operator,
}
