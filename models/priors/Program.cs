using System.Globalization;
using DistributedMatting.Core;
using DistributedMatting.PriorsServer;

try
{
    var threads = 1;
    if (args is ["--threads", var given])
    {
        if (!int.TryParse(given, CultureInfo.InvariantCulture, out threads) || threads is < 1 or > 1024)
            throw new InvalidInputException($"--threads: {given} is not possible; give 1 to 1024");
    }
    else if (args.Length > 0)
    {
        throw new InvalidInputException("usage: DistributedMatting.PriorsServer [--threads N], requests on standard input");
    }

    using var input = new BufferedStream(Console.OpenStandardInput(), 1 << 16);
    using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
    while (PriorRequest.Read(input) is { } request)
    {
        Answer.Write(request, threads, output);
        output.Flush();
    }

    return 0;
}
catch (InvalidInputException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
