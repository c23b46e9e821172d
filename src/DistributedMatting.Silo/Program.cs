using System.CommandLine.Invocation;
using DistributedMatting.Cli.Errors;
using DistributedMatting.Core;
using DistributedMatting.Silo;

try
{
    var parsed = SiloCommand.Create().Parse(args);
    // As 2, not System.CommandLine's 1: a supervisor does not try again what cannot go well.
    if (parsed.Action is ParseErrorAction) throw ParseFailure.Of(parsed);
    return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (InvalidInputException error)
{
    Console.Error.WriteLine($"matting-silo: {error.Message}");
    return 2;
}
