using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Core.Verification;

/// <summary>The probe of a release that names none: the smallest chat completion with its first model, or the health path.</summary>
public static class DefaultProbe
{
    /// <summary>The probe for a workload that serves <paramref name="models"/>.</summary>
    public static ProbeRequest For(IReadOnlyList<string> models, VerificationPolicy policy) =>
        models is [var model, ..]
            ? new("POST", "/v1/chat/completions", Completion(model))
            : new("GET", policy.HealthPath, null);

    private static string Completion(string model) => new JsonObject
    {
        ["model"] = model,
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "ping" }),
        ["max_tokens"] = 1,
        ["temperature"] = 0,
    }.ToJsonString(JsonSerializerOptions.Web);
}
