using DistributedMatting.Core;
using DistributedMatting.Silo;

try
{
    return await SiloCommand.Create().Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (InvalidInputException error)
{
    Console.Error.WriteLine($"matting-silo: {error.Message}");
    return 2;
}
