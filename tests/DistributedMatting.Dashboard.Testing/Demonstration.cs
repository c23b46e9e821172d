using DistributedMatting.Core.Jobs.Service;

namespace DistributedMatting.Dashboard.Testing;

/// <summary>A day in a studio: jobs of every state.</summary>
public static class Demonstration
{
    public static void Fill(FakeService fake)
    {
        var jobs = fake.Jobs;
        for (var i = 1; i <= 9; i++)
            jobs.Finish(Add(fake, $"sq010_{i * 10:000}_plate_v0{1 + (i % 3)}", "northern_lights", i % 2 == 0 ? "sam" : "ines", 200 - (i * 9)));
        jobs.Fail(Add(fake, "sq014_030_hair_v02", "northern_lights", "ines", 64), "the trimap is 5990 × 4000 and the plate 6000 × 4000; they must have the same size");
        jobs.Apply(Add(fake, "sq014_040_hair_v01", "northern_lights", "sam", 55), JobVerb.Cancel);
        var running = Add(fake, "wolf_0420_fur_v07", "wolf", "sam", 12, priority: 80, comment: "Client sees it at four. The whiskers on the left were soft in v06.");
        jobs.Run(running, 0.62);
        fake.Workers.Set("borealis", "working", running.ToString(), "matte");
        jobs.Apply(Add(fake, "wolf_0430_fur_v02", "wolf", "sam", 9), JobVerb.Pause);
        for (var i = 0; i < 4; i++) Add(fake, $"wolf_04{4 + i}0_fur_v01", "wolf", i % 2 == 0 ? "sam" : "olga", 6 - i, priority: i == 2 ? 65 : 50);
    }

    private static JobId Add(FakeService fake, string name, string project, string user, int minutesAgo, int priority = 50, string comment = "") => fake.Jobs.Add(
        new JobSubmission
        {
            Plate = $"/studio/plates/{project}/{name}.tif",
            Trimap = $"/studio/plates/{project}/{name}_trimap.png",
            Alpha = $"/studio/plates/{project}/{name}_alpha.tif",
            Name = name, Project = project, User = user, Priority = priority, Comment = comment,
        },
        TimeSpan.FromMinutes(minutesAgo)).Id;
}
