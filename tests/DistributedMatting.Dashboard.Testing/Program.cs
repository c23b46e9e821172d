using DistributedMatting.Core.Jobs.Service;
using DistributedMatting.Dashboard.Testing;

// The pages to look at and to edit, over jobs that move by themselves: [PORT [FOLDER-OF-PAGES]]; "keys" as a third asks for a key.
await using var fake = await FakeService.StartAsync(args.Length > 0 ? int.Parse(args[0]) : 5090, args.Length > 1 ? args[1] : null);
fake.Keys.Required = args is [_, _, "keys"];
Demonstration.Fill(fake);
Console.WriteLine(fake.Url);
var running = fake.Jobs.All.First(job => job.State == JobState.Running).Id;
for (var point = 0.2;; point = point >= 1 ? 0 : point + 0.004)
{
    if (fake.Jobs[running].State == JobState.Running) fake.Jobs.Run(running, point);
    await Task.Delay(500);
}
