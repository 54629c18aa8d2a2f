using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Models.Chat;
using Orchestrator.Sandbox.Workloads;

namespace Orchestrator.Sandbox.Models.Serving;

/// <summary>What vLLM and SGLang answer to, by path. Source: vLLM OpenAI-compatible server; SGLang native APIs.</summary>
internal sealed class EngineApi(CloudState cloud, ChatServer chat)
{
    private const string VllmVersion = "0.23.0";
    private const string SglangVersion = "0.5.12";

    public Task HandleAsync(HttpContext context, ServingEngine engine, IReadOnlyList<EngineModel> models)
    {
        var isVllm = engine == ServingEngine.Vllm;
        return (context.Request.Method, context.Request.Path.Value) switch
        {
            ("GET", "/health") => Task.CompletedTask,
            ("GET", "/health_generate") when !isVllm => Task.CompletedTask,
            ("GET", "/version") when isVllm => Ok(context, new() { ["version"] = VllmVersion }),
            ("GET", "/get_model_info") when !isVllm => Ok(context, new() { ["model_path"] = models[0].Root, ["tokenizer_path"] = models[0].Root, ["is_generation"] = true }),
            ("GET", "/get_server_info") when !isVllm => Ok(context, new() { ["model_path"] = models[0].Root, ["served_model_name"] = models[0].Name, ["version"] = SglangVersion }),
            ("GET", "/v1/models") => Ok(context, Models(engine, models)),
            ("GET", "/metrics") => MetricsAsync(context, engine, models),
            ("POST", "/v1/chat/completions") => CompleteAsync(context, new(engine), models),
            _ => ChatJson.WriteAsync(context, StatusCodes.Status404NotFound, new() { ["detail"] = "Not Found" }),
        };
    }

    private static Task Ok(HttpContext context, JsonObject body) => ChatJson.WriteAsync(context, StatusCodes.Status200OK, body);

    private JsonObject Models(ServingEngine engine, IReadOnlyList<EngineModel> models) => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. models.Select(model => new JsonObject
        {
            ["id"] = model.Name,
            ["object"] = "model",
            ["created"] = cloud.Now.ToUnixTimeSeconds(),
            ["owned_by"] = engine == ServingEngine.Vllm ? "vllm" : "sglang",
            ["root"] = engine == ServingEngine.Vllm ? model.Root : model.Name,
            ["parent"] = null,
            ["max_model_len"] = model.MaxLength,
        })]),
    };

    private static Task MetricsAsync(HttpContext context, ServingEngine engine, IReadOnlyList<EngineModel> models)
    {
        var page = new PrometheusPage();
        foreach (var model in models)
        {
            model.Found.Model?.Metrics?.Write(page, engine, model.Name);
        }

        context.Response.ContentType = "text/plain; version=0.0.4";
        return context.Response.WriteAsync(page.ToString(), context.RequestAborted);
    }

    private async Task CompleteAsync(HttpContext context, EngineDialect dialect, IReadOnlyList<EngineModel> models)
    {
        ChatRequest request;
        try
        {
            request = ChatRequestReader.Read(await ChatJson.ReadAsync(context));
        }
        catch (ChatRequestException malformed)
        {
            await ChatJson.WriteAsync(context, 400, dialect.BadRequest(malformed.Message, malformed.Parameter));
            return;
        }

        var model = models.FirstOrDefault(one => one.Name == request.Model);
        if (model is null)
        {
            await ChatJson.WriteAsync(context, 404, dialect.Error(404, "NotFoundError", $"The model `{request.Model}` does not exist.", "model"));
        }
        else if (request.PromptTokens + (request.MaxTokens ?? 0) > model.MaxLength)
        {
            await ChatJson.WriteAsync(context, 400, dialect.BadRequest($"This model's maximum context length is {model.MaxLength} tokens. However, you requested {request.MaxTokens ?? 0} output tokens and your prompt contains {request.PromptTokens} input tokens.", "input_tokens"));
        }
        else if (model.Found.Model is not { } served)
        {
            await ChatJson.WriteAsync(context, 500, dialect.Error(500, "InternalServerError", $"The sandbox's catalog knows no {model.Found.Missing}.", null));
        }
        else
        {
            await chat.CompleteAsync(context, served, request);
        }
    }
}

/// <summary>A model that an engine has loaded.</summary>
/// <param name="Name">The name that it is served under.</param>
/// <param name="WeightsDigest">The digest of its weights, or null.</param>
/// <param name="MaxLength">The longest context, in tokens.</param>
/// <param name="Found">What answers.</param>
internal sealed record EngineModel(string Name, string? WeightsDigest, int MaxLength, Located Found)
{
    /// <summary>Where its weights are.</summary>
    public string Root => $"/weights/{SandboxModel.Bare(WeightsDigest ?? string.Empty)}";
}
