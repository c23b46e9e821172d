using System.Collections.Concurrent;
using System.Globalization;
using DistributedMatting.Core.Jobs;
using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Dashboard.Testing.Pictures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DistributedMatting.Dashboard.Testing.Endpoints;

/// <summary>The pyramid, its tiles, patches and what lies beside the alpha.</summary>
internal static class PictureEndpoints
{
    private const int Tile = 256;
    private const int Levels = 14; // 6000 pixels are 1 after 13 halvings

    private static readonly ConcurrentDictionary<string, byte[]> Tiles = new();

    public static void Map(IEndpointRouteBuilder app, FakeService fake)
    {
        var job = app.MapGroup("/api/v1/jobs/{id}");
        job.MapGet("/pictures", (string id) => new
        {
            width = Scene.Width,
            height = Scene.Height,
            tile = Tile,
            levels = Levels,
            views = fake.Jobs[JobId.Parse(id)].State == JobState.Succeeded ? new[] { "plate", "trimap", "alpha", "composite" } : ["plate", "trimap"],
        });
        job.MapGet("/pictures/{view}/{level:int}/{x:int}_{y:int}", (string id, string view, int level, int x, int y, string? over) =>
            Results.Bytes(TileOf(view, over ?? "checker", level, x, y), "image/png"));
        job.MapGet("/pictures/{view}", (string view, int x, int y, int width, int height, string scale, string? over) =>
            Results.Bytes(Region(view, over ?? "checker", x, y, width, height, double.Parse(scale, CultureInfo.InvariantCulture)), "image/png"));
        job.MapGet("/patches", (string id) => Patches(fake.Jobs[JobId.Parse(id)]));
        job.MapGet("/patches/{index:int}", (string id, int index) => Patch(fake.Jobs[JobId.Parse(id)], index));
        job.MapGet("/provenance", (string id) => Results.Text(Jobs.Reports.Provenance(fake.Jobs[JobId.Parse(id)].Submission.Name).ToJson(), "application/json"));
        job.MapGet("/alpha", () => Results.Bytes(TileOf("alpha", "", 5, 0, 0), "image/png", "alpha.png"));
        job.MapGet("/log", (string id) => new
        {
            lines = fake.Jobs[JobId.Parse(id)].Stages.Select((stage, i) => new { time = DateTimeOffset.UtcNow.AddSeconds(i - 60), text = $"{stage.Stage.ToString().ToLowerInvariant()}: {stage.Done} of {stage.Total} {stage.Unit}" }),
        });
    }

    private static byte[] TileOf(string view, string over, int level, int x, int y) =>
        Tiles.GetOrAdd($"{view} {over} {level} {x} {y}", _ =>
        {
            var step = 1 << (Levels - 1 - level);
            var width = Math.Min(Tile, (Scene.Width + step - 1) / step - (x * Tile));
            var height = Math.Min(Tile, (Scene.Height + step - 1) / step - (y * Tile));
            return PngFile.Encode(width, height, (i, j) => Scene.Pixel(view, over, (((x * Tile) + i) * step) + (step / 2), (((y * Tile) + j) * step) + (step / 2)));
        });

    private static byte[] Region(string view, string over, int x, int y, int width, int height, double scale) =>
        PngFile.Encode((int)Math.Max(1, width * scale), (int)Math.Max(1, height * scale), (i, j) => Scene.Pixel(view, over, x + (int)(i / scale), y + (int)(j / scale)));

    private static object Patches(JobStatus job)
    {
        var grid = PatchMap.Grid;
        return new
        {
            patch = grid.Side,
            margin = grid.Margin,
            columns = grid.Columns,
            rows = grid.Rows,
            xs = Enumerable.Range(0, grid.Columns).Select(column => column * grid.Step),
            ys = Enumerable.Range(0, grid.Rows).Select(row => row * grid.Step),
            states = States(job),
        };
    }

    private static object Patch(JobStatus job, int index)
    {
        var patch = PatchMap.Grid[index];
        var ranked = job.Stages.Any(stage => stage.Stage == MattingStage.Rank);
        return new
        {
            index,
            x = patch.Bounds.X,
            y = patch.Bounds.Y,
            side = PatchMap.Side,
            state = States(job)[index].ToString(),
            contexts = ranked
                ? PatchMap.Contexts(index).Select(context => new { index = context.Index, x = PatchMap.Grid[context.Index].Bounds.X, y = PatchMap.Grid[context.Index].Bounds.Y, score = context.Score })
                : [],
        };
    }

    private static string States(JobStatus job)
    {
        var encoded = job.Stages.FirstOrDefault(stage => stage.Stage == MattingStage.Encode)?.Done ?? 0;
        var matted = job.Stages.FirstOrDefault(stage => stage.Stage == MattingStage.Matte)?.Done ?? 0;
        int? failed = job.State == JobState.Failed ? PatchMap.Queries[(int)Math.Min(matted, PatchMap.Queries.Length - 1)] : null;
        return PatchMap.States((int)encoded, (int)matted, failed);
    }
}
