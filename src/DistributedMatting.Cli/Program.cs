using System.Runtime;
using DistributedMatting.Cli;
using DistributedMatting.Cli.Models;

// A service lives long beside many watchers: it collects garbage while it works. All else is over in minutes and is to
// stay within its memory, so it stops and collects.
if (args is not ["serve", ..]) GCSettings.LatencyMode = GCLatencyMode.Batch;
using var warmUp = WarmUp.Begin(args);
return await CommandLine.RunAsync(args);
