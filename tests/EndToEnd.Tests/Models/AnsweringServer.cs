using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Orchestrator.EndToEnd.Tests.Models;

/// <summary>A server of a model as anybody may have one: no TLS, and answers that a test makes up of model and question.</summary>
internal sealed class AnsweringServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private AnsweringServer(WebApplication app) => this.app = app;

    /// <summary>Where its API begins.</summary>
    public string Api => $"{app.Urls.First()}/v1/";

    /// <summary>What came: the model that was named, what was asked, and with which authorization.</summary>
    public ConcurrentQueue<(string Model, string Question, string Authorization)> Requests { get; } = new();

    /// <param name="answer">The answer to a question to a model; null where there is no such model.</param>
    public static Task<AnsweringServer> StartAsync(Func<string, string, string?> answer) =>
        StartAsync((model, question, _) => Task.FromResult(answer(model, question)));

    /// <param name="answer">The same, which may take any time.</param>
    public static async Task<AnsweringServer> StartAsync(Func<string, string, CancellationToken, Task<string?>> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(CommandLine.AnyPort);
        var server = new AnsweringServer(builder.Build());
        server.app.MapPost("/v1/chat/completions", context => server.AnswerAsync(context, answer));
        await server.app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, Func<string, string, CancellationToken, Task<string?>> answer)
    {
        var request = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!;
        var (model, question) = (request["model"]!.GetValue<string>(), request["messages"]!.AsArray()[^1]!["content"]!.GetValue<string>());
        Requests.Enqueue((model, question, context.Request.Headers.Authorization.ToString()));
        if (await answer(model, question, context.RequestAborted) is not { } text)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await context.Response.WriteAsJsonAsync(new JsonObject
        {
            ["id"] = "1",
            ["object"] = "chat.completion",
            ["model"] = model,
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = text }, ["finish_reason"] = "stop" }),
        });
    }
}
