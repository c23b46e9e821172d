using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Core.Jobs.Service.Results;

namespace DistributedMatting.Web.Uploads;

/// <summary>
/// How clients are shown what lies where they cannot look: an upload as it was named in the submission, <c>upload:ID</c>,
/// and the alpha beside it by what it is downloaded as. Both are known by their names, which nothing else has.
/// </summary>
internal static partial class ShownPaths
{
    /// <summary>Shows paths so in whatever these options write.</summary>
    public static void ApplyTo(JsonSerializerOptions options) =>
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(Change);

    /// <summary>A sentence without the places of uploads.</summary>
    public static string Sentence(string text) => Alpha().Replace(Data().Replace(text, $"{UploadId.Scheme}$1"), $"the alpha beside {UploadId.Scheme}$1");

    /// <summary>What a person would save the alpha as: its own name, or the job's where the service chose it.</summary>
    public static string AlphaName(JobSubmission submission)
    {
        var own = Path.GetFileName(submission.Alpha);
        if (!Alpha().IsMatch(submission.Alpha)) return own;
        // Of a name of a person's own making, the part that any file may have.
        var stem = string.Concat(Path.GetFileNameWithoutExtension(submission.Name).Select(c => Path.GetInvalidFileNameChars().Contains(c) ? '_' : c));
        return (stem.Length == 0 ? "alpha" : $"{stem}_alpha") + Path.GetExtension(own);
    }

    private static void Change(JsonTypeInfo type)
    {
        if (type.Type == typeof(JobSubmission))
        {
            Replace(type, nameof(JobSubmission.Plate), one => Data().Replace(((JobSubmission)one).Plate, $"{UploadId.Scheme}$1"));
            Replace(type, nameof(JobSubmission.Trimap), one => ((JobSubmission)one).Trimap is { } trimap ? Data().Replace(trimap, $"{UploadId.Scheme}$1") : null);
            Replace(type, nameof(JobSubmission.Alpha), one => Alpha().IsMatch(((JobSubmission)one).Alpha) ? AlphaName((JobSubmission)one) : ((JobSubmission)one).Alpha);
        }

        if (type.Type == typeof(JobStatus)) Replace(type, nameof(JobStatus.Error), one => ((JobStatus)one).Error is { } error ? Sentence(error) : null);
        if (type.Type == typeof(JobLogLine)) Replace(type, nameof(JobLogLine.Text), one => Sentence(((JobLogLine)one).Text));
    }

    private static void Replace(JsonTypeInfo type, string name, Func<object, string?> shown)
    {
        foreach (var property in type.Properties)
            if ((property.AttributeProvider as System.Reflection.MemberInfo)?.Name == name) property.Get = shown;
    }

    // As UploadFolder and UploadedFiles name them.
    [GeneratedRegex(@"/(?:[^\s/]+/)*([0-9a-f]{32})/data(?![\w.])")]
    private static partial Regex Data();

    [GeneratedRegex(@"/(?:[^\s/]+/)*([0-9a-f]{32})/alpha-[0-9a-f]{32}\.tif")]
    private static partial Regex Alpha();
}
