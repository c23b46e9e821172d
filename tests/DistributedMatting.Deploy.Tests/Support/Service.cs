using System.Net;
using System.Net.Http.Headers;
using DistributedMatting.Web;
using DistributedMatting.Web.Access;
using DistributedMatting.Web.Access.Keys;
using DistributedMatting.Workstation.Service;
using DistributedMatting.Workstation.Testing;
using Microsoft.AspNetCore.Builder;

namespace DistributedMatting.Deploy.Tests.Support;

/// <summary>The API as it stands in a pod: it asks for keys. Behind it is a workstation's queue, whose engine is a fake.</summary>
internal sealed class Service : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("matting-deploy-");
    private readonly WorkstationMattingService _service;
    private readonly WebApplication _app;

    private Service(FakeEngine engine, Func<bool>? isReady)
    {
        var keys = new KeyFile(Path.Combine(_folder.FullName, "keys.json"));
        ViewerKey = keys.Add("prometheus", Role.Viewer, null, TimeProvider.System);
        SubmitterKey = keys.Add("batch", Role.Submitter, null, TimeProvider.System);
        _service = WorkstationMattingService.Open(
            new WorkstationServiceOptions { Folder = Path.Combine(_folder.FullName, "queue"), ProgressInterval = TimeSpan.Zero }, engine, TimeProvider.System);
        var options = new WebOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Roots = [_folder.FullName],
            IsReady = isReady,
            Access = new AccessOptions { KeyFile = Path.Combine(_folder.FullName, "keys.json") },
        };
        _app = MattingWeb.Create(options, _service, TimeProvider.System);
    }

    public string ViewerKey { get; }

    public string SubmitterKey { get; }

    public HttpClient Client { get; } = new();

    public static async Task<Service> StartAsync(FakeEngine engine, Func<bool>? isReady = null)
    {
        var service = new Service(engine, isReady);
        await service._app.StartAsync();
        service.Client.BaseAddress = new Uri(service._app.Urls.Single());
        return service;
    }

    /// <summary>Asks for an address with a key; null for none.</summary>
    public Task<HttpResponseMessage> GetAsync(string path, string? key) => SendAsync(HttpMethod.Get, path, key, null);

    /// <summary>Submits a job of this name.</summary>
    public async Task SubmitAsync(string name)
    {
        var json = $$"""{ "plate": "{{_folder}}/{{name}}.tif", "trimap": "{{_folder}}/{{name}}.png", "alpha": "{{_folder}}/{{name}}_alpha.tif", "name": "{{name}}" }""";
        using var answer = await SendAsync(HttpMethod.Post, "/api/v1/jobs", SubmitterKey, new StringContent(json, System.Text.Encoding.UTF8, "application/json"));
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _service.DisposeAsync();
        Client.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? key, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
