using System.Globalization;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Storage;

namespace DistributedMatting.Cli.Output;

/// <summary>How far one step of a command is: a stage of matting, or something around it.</summary>
/// <param name="Name">What is done, in one word; one bar a name.</param>
/// <param name="Done">Units done, of which <paramref name="Reused"/> were there from an earlier run.</param>
/// <param name="Total">Units in all.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Elapsed">Since the step began.</param>
/// <param name="Reused">Units not to be counted in a rate.</param>
internal readonly record struct Step(string Name, long Done, long Total, string Unit, TimeSpan Elapsed, long Reused = 0)
{
    /// <summary>A stage of matting, by the name a person would call it.</summary>
    public static Step Of(StageProgress stage) => new(
        stage.Stage == MattingStage.Ingest ? "read" : stage.Stage.ToString().ToLowerInvariant(),
        stage.Done, stage.Total, stage.Unit, stage.Elapsed, stage.Reused);

    /// <summary>The unit of files that travel; shown as MiB and GiB.</summary>
    public const string Bytes = "bytes";

    /// <summary>12 of 30 patches; 3.5 MiB of 1.2 GiB.</summary>
    public string Amount => Unit == Bytes
        ? $"{ByteSize.Format(Done)} of {ByteSize.Format(Total)}"
        : string.Create(CultureInfo.InvariantCulture, $"{Done} of {Total} {Unit}");

    public bool IsOver => Done >= Total;

    /// <summary>12.3 patches/s; nothing while there is no rate.</summary>
    public string Rate
    {
        get
        {
            var rate = Elapsed > TimeSpan.Zero ? (Done - Reused) / Elapsed.TotalSeconds : 0;
            if (rate > 0 && Unit == Bytes) return ByteSize.Format(Math.Round(rate)) + "/s";
            return rate > 0 ? $"{rate.ToString(rate < 100 ? "0.0" : "0", CultureInfo.InvariantCulture)} {Unit}/s" : "";
        }
    }

    /// <summary>1:02:03 left; nothing while it is not known or when it is over.</summary>
    public string Left => !IsOver && Done > Reused && Elapsed > TimeSpan.Zero
        ? Duration(Elapsed * ((double)(Total - Done) / (Done - Reused))) + " left"
        : "";

    /// <summary>Hours, minutes and seconds: 0:07, 12:30, 1:02:03.</summary>
    public static string Duration(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");
}
