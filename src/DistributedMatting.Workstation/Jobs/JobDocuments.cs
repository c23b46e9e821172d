using DistributedMatting.Core.Jobs;
using DistributedMatting.Workstation.Storage;

namespace DistributedMatting.Workstation.Jobs;

/// <summary>request.json and state.json of one run.</summary>
internal sealed class JobDocuments(JobFolder folder, TimeProvider clock)
{
    /// <summary>
    /// Makes the folder this key's: what another key has left is deleted.
    /// </summary>
    /// <returns>Whether there was another key's job.</returns>
    public bool Claim(JobKey key, bool fresh)
    {
        var found = SafeFile.ReadJson<JobRequestFile>(folder.Request);
        var same = found?.Key == key.Value && found.FormatVersion == JobKey.FormatVersion;
        if (!same || fresh) folder.DeleteResults();
        if (!same || fresh) SafeFile.WriteJson(folder.Request, new JobRequestFile(key.Value, key, JobKey.FormatVersion));
        return found is not null && !same;
    }

    public void Save(MattingStage stage, int done, int toInfer, bool finished = false) => SafeFile.WriteJson(
        folder.State, new JobStateFile(stage, finished, done, toInfer, Environment.ProcessId, clock.GetUtcNow()));
}
