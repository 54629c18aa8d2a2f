using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Benchmarks;

/// <summary>A model that gives each answer after the same time, whatever it is asked and however many ask.</summary>
internal static class BareModel
{
    public const string Verb = "bare-model";
    public static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);

    public static async Task RunAsync(Uri url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url.ToString());
        await using var app = builder.Build();
        app.MapGet("/api/health", () => Results.Text("{}", "application/json"));
        app.MapPost("/v1/chat/completions", AnswerAsync);
        await app.RunAsync();
    }

    private static async Task<IResult> AnswerAsync(HttpRequest request)
    {
        using var asked = await JsonDocument.ParseAsync(request.Body);
        await Task.Delay(Latency, TimeProvider.System, request.HttpContext.RequestAborted);
        return Results.Text("""{"id":"1","object":"chat.completion","created":1,"model":"bare","choices":[{"index":0,"message":{"role":"assistant","content":"4"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}""", "application/json");
    }
}
