using DistributedMatting.Chaos;
using DistributedMatting.Chaos.Farm;

if (args is [SiloProcess.Word, .. var words]) return await SiloProcess.RunAsync(words);
if (args is ["load", .. var load]) return await LoadCommand.RunAsync(load);
if (args is ["cost", .. var cost]) return await CostCommand.RunAsync(cost);
return await ChaosCommand.RunAsync(args);
