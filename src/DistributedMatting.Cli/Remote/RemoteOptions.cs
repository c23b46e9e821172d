using System.CommandLine;
using DistributedMatting.Cli.Remote.Client;
using DistributedMatting.Core;
using DistributedMatting.Core.Storage;

namespace DistributedMatting.Cli.Remote;

/// <summary>Which service, and who asks.</summary>
internal sealed class RemoteOptions
{
    /// <summary>Environment variable that names a service.</summary>
    public const string ServerVariable = "MATTING_SERVER";

    /// <summary>Environment variable that holds a key.</summary>
    public const string KeyVariable = "MATTING_KEY";

    private const string StandardServer = "http://127.0.0.1:7700";
    private const int MaxKeyFile = 4096;

    /// <summary>The option that every command which talks to a service has.</summary>
    public const string ServerOption = "--server";

    private readonly Option<string?> _server = new(ServerOption)
    {
        Description = $"The service's address (default: {ServerVariable}, or else {StandardServer}).",
        HelpName = "URL",
    };

    private readonly Option<string?> _keyFile = new("--key-file")
    {
        Description = $"A file with nothing but the API key (default: the key in {KeyVariable}, or none).",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Add(_server);
        command.Add(_keyFile);
    }

    /// <exception cref="InvalidInputException">The address or the key's file will not do.</exception>
    public MattingClient Connect(ParseResult parsed) => new(Address(parsed.GetValue(_server)), Key(parsed.GetValue(_keyFile)), TimeProvider.System);

    private static Uri Address(string? option)
    {
        var (name, text) = option is not null ? (ServerOption, option) : (ServerVariable, Variable(ServerVariable) ?? StandardServer);
        if (Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0) return address;
        throw new InvalidInputException($"{name} '{text}' will not do: it takes an address like {StandardServer}");
    }

    private static string? Key(string? file)
    {
        var key = file is null ? Variable(KeyVariable) : Read(file);
        if (key is null || key.All(c => c is > ' ' and <= '~')) return key;
        throw new InvalidInputException($"{file ?? KeyVariable} holds no API key; it is one word, as 'matting keys add' prints it");
    }

    private static string Read(string file)
    {
        try
        {
            if (new FileInfo(file).Length is > 0 and <= MaxKeyFile && File.ReadAllText(file).Trim() is { Length: > 0 } key) return key;
            throw new InvalidInputException($"{file} holds no API key; it is one word, as 'matting keys add' prints it");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.Refused(e, $"{file} cannot be read");
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? text : null;
}
