using System.Text.Json.Nodes;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Models;

/// <summary>What a closed model's deployment is asked for with: as configured, or one that is there, brought to that. Pure.</summary>
internal static class DeploymentTemplate
{
    // Source: Cognitive Services resource provider, what it marks as read-only of a deployment, and the capacity that it had.
    private static readonly string[] ReadOnly = ["provisioningState", "callRateLimit", "capabilities", "dynamicThrottlingEnabled", "rateLimits", "currentCapacity"];

    /// <summary>The body of a new one, without tags. Its provider never upgrades it.</summary>
    public static JsonObject Of(ClosedModelSlot slot, ClosedModel wanted) => new()
    {
        ["sku"] = SkuOf(slot),
        ["properties"] = new JsonObject
        {
            ["model"] = new JsonObject { ["format"] = wanted.Format, ["name"] = wanted.Name, ["version"] = wanted.Version },
            ["versionUpgradeOption"] = "NoAutoUpgrade",
        },
    };

    /// <summary>The body that brings one to what is configured, and no further, as that is what the quota is meant for: all else of it stays.</summary>
    public static JsonObject Enlarged(JsonObject there, ClosedModelSlot slot)
    {
        var body = WritableBody.Of(there, ["tags", "properties"], ReadOnly);
        body["sku"] = SkuOf(slot);
        (body["properties"]?["model"] as JsonObject)?.Remove("callRateLimit");
        return body;
    }

    /// <summary>Whether it has what is configured. More hurts nobody, and somebody may have wanted it.</summary>
    public static bool HasCapacity(JsonObject there, ClosedModelSlot slot) => SkuOf(there) == slot.Sku && Capacity(there) >= slot.Capacity;

    /// <summary>Its deployment type; null when it says none.</summary>
    public static string? SkuOf(JsonObject there) => (there["sku"]?["name"]).Text();

    /// <summary>Its units.</summary>
    public static int Capacity(JsonObject there) => there["sku"]?["capacity"] is JsonValue value && value.TryGetValue<int>(out var number) ? number : 0;

    private static JsonObject SkuOf(ClosedModelSlot slot) => new() { ["name"] = slot.Sku, ["capacity"] = slot.Capacity };
}
