using System.CommandLine;
using System.Net;

namespace DistributedMatting.Cli.Options;

/// <summary>Where a service listens.</summary>
internal static class ListenOption
{
    public static Option<IPEndPoint?> Create(string help) => new("--listen")
    {
        Description = help,
        HelpName = "ADDRESS:PORT",
        CustomParser = result => Endpoint(result.Tokens[0].Value, result.AddError),
    };

    private static IPEndPoint? Endpoint(string text, Action<string> refuse)
    {
        // A bare port or address is taken for something else by IPEndPoint.
        if (text.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(text.Replace("localhost", "127.0.0.1", StringComparison.Ordinal), out var endpoint))
            return endpoint;
        refuse($"--listen '{text}' will not do: it takes an address and a port from 0 to 65535, as 127.0.0.1:7700 or [::1]:7700");
        return null;
    }
}
