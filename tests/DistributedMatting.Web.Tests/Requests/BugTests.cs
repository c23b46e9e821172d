using System.Collections.Concurrent;
using System.Net;
using DistributedMatting.Core.Jobs.Service;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DistributedMatting.Web.Tests.Requests;

/// <summary>What went wrong on our side: the client is told what is of use, the log what it was.</summary>
public sealed class BugTests
{
    [Fact]
    public async Task Bug_StandsInTheLogAndNotInTheAnswer()
    {
        await using var web = await WebHarness.StartAsync();
        using var log = new Recorder();
        web.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        web.Engine.Check = _ => throw new ArithmeticException("a secret of the inside");

        var (status, problem) = await web.PostAsync("/api/v1/jobs", web.Submission());

        Assert.Equal((HttpStatusCode.InternalServerError, "a mistake of ours; the service's log says more"), (status, (string)problem!["detail"]!));
        Assert.DoesNotContain("secret", problem.ToJsonString(), StringComparison.Ordinal);
        var (level, line, error) = Assert.Single(log.Lines);
        Assert.Equal((LogLevel.Error, "a secret of the inside"), (level, error?.Message));
        Assert.Contains("POST /api/v1/jobs", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EngineThatIsAway_IsToldToAskAgain()
    {
        await using var web = await WebHarness.StartAsync();
        using var log = new Recorder();
        web.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        web.Engine.Check = _ => throw new EngineAwayException("the farm does not answer now", new TimeoutException("no silo"));

        var (status, problem) = await web.PostAsync("/api/v1/jobs", web.Submission());

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "the farm does not answer now"), (status, (string)problem!["detail"]!));
        var (level, line, error) = Assert.Single(log.Lines);
        Assert.Equal((LogLevel.Warning, "no silo"), (level, error?.Message));
        Assert.Contains("POST /api/v1/jobs", line, StringComparison.Ordinal);
    }

    private sealed class Recorder : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<(LogLevel Level, string Line, Exception? Error)> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue((logLevel, formatter(state, exception), exception));

        public void Dispose()
        {
        }
    }
}
