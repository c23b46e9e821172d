using System.Diagnostics;

namespace DistributedMatting.Deploy.Tests.Support;

/// <summary>What a program said before it ended.</summary>
internal sealed record Words(int Code, string Output, string Error)
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="input">Its standard input; null for none.</param>
    /// <param name="program">Its file.</param>
    /// <param name="arguments">One each.</param>
    public static Words Of(string? input, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.StandardInput.Write(input ?? "");
        process.StandardInput.Close();
        process.WaitForExit();
        return new Words(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    /// <summary>Runs a .NET program to its end.</summary>
    public static Words OfDotnet(string program, params string[] arguments) =>
        Of(null, Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["exec", program, .. arguments]);
}
