using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Orchestrator.Functions.Suites;

namespace Orchestrator.Functions.Tests.Suites;

/// <summary>A real server on a port of its own that answers chat completions as a test tells it to.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient http = new();
    private int underWay;
    private int most;

    private ModelServer(WebApplication app) => this.app = app;

    /// <summary>The bodies of all requests, as they came.</summary>
    public ConcurrentQueue<JsonObject> Requests { get; } = new();

    /// <summary>The headers of all requests, as they came.</summary>
    public ConcurrentQueue<IHeaderDictionary> Headers { get; } = new();

    /// <summary>The most requests that were under way at once.</summary>
    public int Most => most;

    public static async Task<ModelServer> StartAsync(Func<HttpContext, JsonObject, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MinResponseDataRate = null);
        var app = builder.Build();
        var server = new ModelServer(app);
        app.MapPost("/openai/v1/chat/completions", context => server.AnswerAsync(context, answer));
        await app.StartAsync();
        return server;
    }

    /// <summary>A server that answers each request with one text.</summary>
    public static Task<ModelServer> StartAsync(Func<JsonObject, string> answer) =>
        StartAsync((context, request) => Answers.WholeAsync(context, answer(request)));

    public ModelTarget Target(string? token = null, params (string Name, string Value)[] headers) => new(
        new Uri(new Uri(app.Urls.First()), "openai/v1/"),
        "small",
        http,
        headers.ToDictionary(header => header.Name, header => header.Value),
        token is null ? null : _ => ValueTask.FromResult(token));

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await app.StopAsync(atOnce.Token);
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context, Func<HttpContext, JsonObject, Task> answer)
    {
        var now = Interlocked.Increment(ref underWay);
        InterlockedMax(now);
        try
        {
            var request = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
            Requests.Enqueue(request);
            Headers.Enqueue(new HeaderDictionary(context.Request.Headers.ToDictionary()));
            await answer(context, request);
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
        }
    }

    private void InterlockedMax(int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
