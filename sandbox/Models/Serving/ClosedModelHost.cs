using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Models.Chat;

namespace Orchestrator.Sandbox.Models.Serving;

/// <summary>AI accounts: closed models by their deployments. Source: Azure OpenAI v1 API; quotas and limits; content filtering.</summary>
internal sealed class ClosedModelHost(CloudState cloud, ModelLocator locator, TokenIssuer tokens, ChatServer chat)
{
    private const string Deployments = "/openai/deployments/";
    private const string Completions = "/chat/completions";

    // What an answer is counted as before it is there, when the request does not say how long it may be.
    private const int UsualTokens = 16;

    private readonly RateLimits limits = new();

    public async Task HandleAsync(HttpContext context, string name)
    {
        context.Response.Headers["apim-request-id"] = Guid.NewGuid().ToString();
        if (locator.Account(name) is not { } account)
        {
            await ChatJson.WriteAsync(context, 404, AzureErrors.NotFound());
            return;
        }

        context.Response.Headers["x-ms-region"] = CloudCatalog.DisplayName(account.Location);
        var authorization = context.Request.Headers.Authorization;
        if (authorization.Count == 0 && context.Request.Headers.ContainsKey("api-key"))
        {
            await ChatJson.WriteAsync(context, 403, AzureErrors.Of("AuthenticationTypeDisabled", "Key based authentication is disabled for this resource."));
        }
        else if (await tokens.RefuseAsync(authorization, Audiences.Models) is not null)
        {
            await ChatJson.WriteAsync(context, 401, AzureErrors.Unauthorized(Audiences.Models[0]));
        }
        else
        {
            await RouteAsync(context, account);
        }
    }

    private Task RouteAsync(HttpContext context, Resource account)
    {
        var path = context.Request.Path.Value ?? string.Empty;
        return context.Request.Method switch
        {
            "GET" when path == "/openai/v1/models" => ChatJson.WriteAsync(context, 200, Models()),
            "POST" when path == $"/openai/v1{Completions}" => CompleteAsync(context, account, null),
            "POST" when path.StartsWith(Deployments, StringComparison.Ordinal) && path.EndsWith(Completions, StringComparison.Ordinal) && context.Request.Query.ContainsKey("api-version") =>
                CompleteAsync(context, account, path[Deployments.Length..^Completions.Length]),
            _ => ChatJson.WriteAsync(context, 404, AzureErrors.NotFound()),
        };
    }

    // What the account could deploy, not what it has.
    private JsonObject Models() => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. cloud.Options.Offer.ClosedModels.Select(model => new JsonObject
        {
            ["id"] = $"{model.Name}-{model.Version}",
            ["object"] = "model",
            ["status"] = "succeeded",
            ["lifecycle_status"] = "generally-available",
            ["capabilities"] = new JsonObject { ["chat_completion"] = true, ["inference"] = true, ["fine_tune"] = false, ["embeddings"] = false },
        })]),
    };

    private async Task CompleteAsync(HttpContext context, Resource account, string? deployment)
    {
        var dialect = new AzureDialect();
        try
        {
            var request = ChatRequestReader.Read(await ChatJson.ReadAsync(context));
            await (locator.Closed(account, deployment ?? request.Model) switch
            {
                { Model: { } served } => CompleteAsync(context, served, request),
                { State: LocatedState.Unknown } unknown => ChatJson.WriteAsync(context, 500, AzureErrors.Of("InternalServerError", $"The sandbox's catalog knows no {unknown.Missing}.")),
                _ => ChatJson.WriteAsync(context, 404, AzureErrors.DeploymentNotFound()),
            });
        }
        catch (ChatRequestException malformed)
        {
            await ChatJson.WriteAsync(context, 400, dialect.BadRequest(malformed.Message, malformed.Parameter));
        }
    }

    private Task CompleteAsync(HttpContext context, ServedModel served, ChatRequest request)
    {
        if (request.IsJsonObject && !request.Texts.Any(text => text.Contains("json", StringComparison.OrdinalIgnoreCase)))
        {
            throw new ChatRequestException("'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.", "messages");
        }

        var taken = limits.Take(served.Limit!, request.PromptTokens + (request.MaxTokens ?? UsualTokens), cloud.Now);
        Tell("x-ratelimit-limit-requests", RateLimits.RequestsPerMinute(served.Limit!));
        Tell("x-ratelimit-limit-tokens", RateLimits.TokensPerMinute(served.Limit!));
        Tell("x-ratelimit-remaining-requests", taken.Requests);
        Tell("x-ratelimit-remaining-tokens", taken.Tokens);
        if (taken.Exceeded is { } what)
        {
            ChatServer.RetryAfter(context, taken.Wait);
            return ChatJson.WriteAsync(context, 429, AzureErrors.RateLimit(served.Model.Name, what, taken.Wait));
        }

        return chat.CompleteAsync(context, served, request);

        void Tell(string header, long number) => context.Response.Headers[header] = number.ToString(CultureInfo.InvariantCulture);
    }
}
