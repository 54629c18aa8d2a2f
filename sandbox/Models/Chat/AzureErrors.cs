using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Models.Answers;

namespace Orchestrator.Sandbox.Models.Chat;

/// <summary>What Azure's model servers say when they refuse.</summary>
internal static class AzureErrors
{
    public static JsonObject Of(string code, string message) => new() { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } };

    /// <summary>What stands before the model server says so, in a shape of its own.</summary>
    public static JsonObject Unauthorized(string audience) => new()
    {
        ["statusCode"] = 401,
        ["message"] = $"Unauthorized. Access token is missing, invalid, audience is incorrect ({audience}), or have expired.",
    };

    public static JsonObject DeploymentNotFound() => Of(
        "DeploymentNotFound",
        "The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.");

    public static JsonObject NotFound() => Of("404", "Resource not found");

    /// <param name="model">The model.</param>
    /// <param name="what">What has been used up: <c>call</c> or <c>token</c>.</param>
    /// <param name="wait">When it is worth another try.</param>
    public static JsonObject RateLimit(string model, string what, TimeSpan wait) => Of(
        "RateLimitReached",
        string.Create(CultureInfo.InvariantCulture, $"Your requests to {model} for {model} have exceeded the {what} rate limit for your current AIServices S0 pricing tier. This request was for ChatCompletions_Create. Please retry after {Math.Ceiling(wait.TotalSeconds)} seconds. To increase your default rate limit, visit: https://aka.ms/oai/quotaincrease."));

    /// <summary>An input that the filter has stopped. Source: content filtering, HTTP 400 with <c>innererror</c>.</summary>
    public static JsonObject Filtered(string kind) => new()
    {
        ["error"] = new JsonObject
        {
            ["message"] = "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry.",
            ["type"] = null,
            ["param"] = "prompt",
            ["code"] = "content_filter",
            ["status"] = 400,
            ["innererror"] = new JsonObject { ["code"] = "ResponsibleAIPolicyViolation", ["content_filter_result"] = FilterResult(kind) },
        },
    };

    /// <summary>What the filter found of each kind.</summary>
    /// <param name="kind">The kind that it stopped, or null.</param>
    public static JsonObject FilterResult(string? kind)
    {
        var result = new JsonObject(HarmfulWording.Kinds.Select(one => KeyValuePair.Create(one, (JsonNode?)new JsonObject { ["filtered"] = one == kind, ["severity"] = one == kind ? "high" : "safe" })));
        result[HarmfulWording.Jailbreak] = new JsonObject { ["filtered"] = kind == HarmfulWording.Jailbreak, ["detected"] = kind == HarmfulWording.Jailbreak };
        return result;
    }
}
