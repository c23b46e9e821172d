using DistributedMatting.Cli;

return await CommandLine.RunAsync(args);
