using DistributedMatting.Chaos;
using DistributedMatting.Chaos.Farm;

if (args is [SiloProcess.Word, .. var words]) return await SiloProcess.RunAsync(words);
if (args is [CutCommand.Word, .. var cut]) return await CutCommand.RunAsync(cut);
if (args is ["show", .. var show]) return await ShowCommand.RunAsync(show);
if (args is ["load", .. var load]) return await LoadCommand.RunAsync(load);
if (args is ["jobs", .. var jobs]) return await JobsCommand.RunAsync(jobs);
if (args is ["cost", .. var cost]) return await CostCommand.RunAsync(cost);
if (args is ["scale", .. var scale]) return await ScaleCommand.RunAsync(scale);
return await ChaosCommand.RunAsync(args);
