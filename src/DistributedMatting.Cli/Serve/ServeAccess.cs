using System.CommandLine;
using System.Globalization;
using System.Net;
using DistributedMatting.Cli.Options;
using DistributedMatting.Core;
using DistributedMatting.Web.Access;
using DistributedMatting.Web.Access.Limits;

namespace DistributedMatting.Cli.Serve;

/// <summary>The options of <c>matting serve</c>, and of a silo, about who is let in, and how much they may have.</summary>
/// <param name="uploads">Whether uploads are taken.</param>
internal sealed class ServeAccess(bool uploads)
{
    private const long StandardUpload = 16L << 30;
    private const long StandardUploads = 256L << 30;

    private readonly Option<string?> _keys = KeyOptions.File(required: false);
    private readonly Option<string?> _proxy = Text("--proxy-header", "The header in which a proxy that knows its users names them, like X-Remote-User.", "HEADER");
    private readonly Option<string?> _proxyRoles = Text("--proxy-role-header", "The header in which that proxy tells their role: viewer, submitter or operator.", "HEADER");
    private readonly Option<string> _proxyRole = KeyOptions.Role("--proxy-role", "The role of the proxy's users that no header tells", "submitter");
    private readonly Option<string[]> _proxyFrom = Several("--proxy-from", "An address of the proxy; its headers are taken from there alone (default: this machine).", "ADDRESS");
    private readonly Option<string?> _publicUrl = Text("--public-url", "The address that browsers use where a proxy changes it, like https://matting.example.", "URL");
    private readonly Option<string?> _otlp = Text("--otlp", "Where metrics and traces are sent by OTLP: http://HOST:4317 (gRPC), http://HOST:4318 or an address with a path (HTTP); /metrics is there in any case.", "URL");
    private readonly Option<string[]> _quotas = Several("--quota", "Most jobs of a project that have not ended: N for every project, PROJECT=N for one; may be given more than once.", "[PROJECT=]N");
    private readonly Option<int?> _rate = Limits.Whole("--requests-per-second", "Requests a second that one caller may go on with, and five times as many at once; default 200", 1, 100_000);
    private readonly Option<long?> _upload = Limits.Memory("--max-upload", "Largest file that may be uploaded; default 16G", 1 << 20, 1L << 42);
    private readonly Option<long?> _uploads = Limits.Memory("--max-uploads", "Most that all uploads may hold together; default 256G", 1 << 20, 1L << 50);

    /// <summary>What a person chose.</summary>
    public sealed record Choices(AccessOptions Access, LimitOptions Limits, long MaxUploadBytes, long TotalUploadBytes, Uri? OtlpCollector);

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _keys, _proxy, _proxyRoles, _proxyRole, _proxyFrom, _publicUrl, _otlp, _quotas, _rate }) command.Add(option);
        if (!uploads) return;
        command.Add(_upload);
        command.Add(_uploads);
    }

    /// <exception cref="InvalidInputException">An option will not do, or says something only together with another.</exception>
    public Choices Read(ParseResult parsed)
    {
        var most = (uploads ? parsed.GetValue(_upload) : null) ?? StandardUpload;
        return new Choices(
            new AccessOptions { KeyFile = parsed.GetValue(_keys), Proxy = Proxy(parsed), PublicUrl = Url("--public-url", parsed.GetValue(_publicUrl)) },
            Quotas(parsed.GetValue(_quotas) ?? []) with { RequestsPerSecond = parsed.GetValue(_rate) ?? new LimitOptions().RequestsPerSecond },
            most,
            (uploads ? parsed.GetValue(_uploads) : null) ?? Math.Max(most, StandardUploads),
            Url("--otlp", parsed.GetValue(_otlp)));
    }

    private ProxyOptions? Proxy(ParseResult parsed)
    {
        var addresses = parsed.GetValue(_proxyFrom) ?? [];
        if (parsed.GetValue(_proxy) is not { } header)
        {
            if (addresses.Length == 0 && parsed.GetValue(_proxyRoles) is null) return null;
            throw new InvalidInputException("--proxy-from and --proxy-role-header say something of a proxy; --proxy-header names the header that it is trusted for");
        }

        var proxy = new ProxyOptions { UserHeader = header, RoleHeader = parsed.GetValue(_proxyRoles), Role = KeyOptions.RoleOf(parsed.GetRequiredValue(_proxyRole)) };
        return addresses.Length == 0 ? proxy : proxy with { Addresses = [.. addresses.Select(Address)] };
    }

    private static IPAddress Address(string text) =>
        IPAddress.TryParse(text, out var address) ? address : throw new InvalidInputException($"--proxy-from '{text}' is no address; it takes one like 10.0.0.7");

    private static Uri? Url(string option, string? text)
    {
        if (text is null) return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) ? url : throw new InvalidInputException($"{option} '{text}' is no address; it takes one like http://host:port");
    }

    private static LimitOptions Quotas(string[] texts)
    {
        int? all = null;
        var projects = new Dictionary<string, int>();
        foreach (var text in texts)
        {
            var cut = text.LastIndexOf('=');
            if (!int.TryParse(text.AsSpan(cut + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var quota))
                throw new InvalidInputException($"--quota '{text}' will not do: it takes a number of jobs, or PROJECT=NUMBER");
            if (cut < 0) all = quota;
            else projects[text[..cut]] = quota;
        }

        return new LimitOptions { ProjectQuota = all, ProjectQuotas = projects };
    }

    private static Option<string?> Text(string name, string help, string value) => new(name) { Description = help, HelpName = value };

    private static Option<string[]> Several(string name, string help, string value) => new(name) { Description = help, HelpName = value };
}
