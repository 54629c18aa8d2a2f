using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.Sandbox.Workloads;

/// <summary>The two OpenAI-compatible calls that a workload answers, in the API's own shapes.</summary>
internal static class OpenAiApi
{
    public static Task ModelsAsync(HttpContext context, SandboxImage image) => context.Response.WriteAsJsonAsync(new
    {
        @object = "list",
        data = image.Models.Select(model => new { id = model, @object = "model", created = 0, owned_by = "sandbox" }),
    });

    /// <param name="context">The request.</param>
    /// <param name="image">What answers it.</param>
    /// <param name="request">Its body; null when that was no JSON.</param>
    public static async Task CompleteAsync(HttpContext context, SandboxImage image, JsonNode? request)
    {
        if (request is null)
        {
            await RefuseAsync(context, 400, "We could not parse the JSON body of your request.", null);
            return;
        }

        if (Text(request, "model") is not { } model || !image.Models.Contains(model))
        {
            await RefuseAsync(context, 404, $"The model '{Text(request, "model")}' does not exist.", "model_not_found");
            return;
        }

        if ((request as JsonObject)?["stream"] is JsonValue stream && stream.TryGetValue<bool>(out var streaming) && streaming)
        {
            await StreamAsync(context, model);
            return;
        }

        await context.Response.WriteAsJsonAsync(new
        {
            id = "chatcmpl-sandbox",
            @object = "chat.completion",
            created = 0,
            model,
            choices = new[] { new { index = 0, message = new { role = "assistant", content = "pong" }, finish_reason = "stop" } },
            usage = new { prompt_tokens = 1, completion_tokens = 1, total_tokens = 2 },
        });
    }

    private static async Task StreamAsync(HttpContext context, string model)
    {
        context.Response.ContentType = "text/event-stream";
        foreach (var (delta, finish) in new (object Delta, string? Finish)[] { (new { role = "assistant" }, null), (new { content = "pong" }, null), (new { }, "stop") })
        {
            var chunk = new { id = "chatcmpl-sandbox", @object = "chat.completion.chunk", created = 0, model, choices = new[] { new { index = 0, delta, finish_reason = finish } } };
            await context.Response.WriteAsync($"data: {JsonSerializer.Serialize(chunk)}\n\n", context.RequestAborted);
        }

        await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
    }

    /// <summary>An error in the API's own shape.</summary>
    public static Task RefuseAsync(HttpContext context, int status, string message, string? code)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error = new { message, type = "invalid_request_error", param = (string?)null, code } });
    }

    /// <summary>A failure that is not the caller's.</summary>
    public static Task FailAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error = new { message, type = "server_error", param = (string?)null, code = (string?)null } });
    }

    private static string? Text(JsonNode? node, string name) =>
        (node as JsonObject)?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
