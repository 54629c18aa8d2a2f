using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.Functions.Models;

namespace Orchestrator.Functions.Azure;

/// <summary>Reads what ARM answers and writes the patches that it takes, in its property names.</summary>
internal static class ContainerAppJson
{
    public static ContainerAppState App(JsonNode properties, IDictionary<string, string>? tags) => new(
        // Absent means Succeeded (ARM's contract for asynchronous operations).
        Text(properties["provisioningState"]) ?? "Succeeded",
        Text(properties["configuration"]?["activeRevisionsMode"]) ?? "Single",
        [.. (properties["configuration"]?["ingress"]?["traffic"] as JsonArray ?? []).OfType<JsonObject>().Select(Share)],
        Text(properties["latestRevisionName"]),
        Text(properties["latestReadyRevisionName"]),
        Text(properties["configuration"]?["ingress"]?["fqdn"]),
        new Dictionary<string, string>(tags ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase),
        properties["template"] as JsonObject ?? []);

    public static RevisionState Revision(string name, JsonNode properties) => new(
        name,
        properties["active"]?.GetValue<bool>() ?? false,
        Text(properties["provisioningState"]) ?? "Provisioned",
        Text(properties["healthState"]) ?? "None",
        Text(properties["runningState"]) ?? "Unknown",
        properties["replicas"]?.GetValue<int>() ?? 0,
        Text(properties["fqdn"]),
        Text((properties["template"]?["containers"] as JsonArray)?.FirstOrDefault()?["image"]),
        Text(properties["provisioningError"]),
        Text(properties["createdTime"]) is { } created && DateTimeOffset.TryParse(created, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null)
    {
        Models = ModelEntries.Read(properties["template"]),
    };

    /// <summary>The template with the candidate's image in its first container, its suffix, and its models where they are known.</summary>
    public static JsonObject Candidate(JsonObject template, string image, string suffix, IReadOnlyList<ModelEntry>? models)
    {
        var next = template.DeepClone().AsObject();
        next["revisionSuffix"] = suffix;
        var container = (next["containers"] as JsonArray)?.FirstOrDefault() as JsonObject
            ?? throw new InvalidOperationException("Expected a container app whose template has a container, found none.");
        container["image"] = image;
        if (models is not null)
        {
            ModelEntries.Write(next, models);
        }

        return new() { ["template"] = next };
    }

    public static JsonObject Traffic(IEnumerable<TrafficShare> shares) => new()
    {
        ["configuration"] = new JsonObject
        {
            ["ingress"] = new JsonObject { ["traffic"] = new JsonArray([.. shares.Select(Entry)]) },
        },
    };

    private static TrafficShare Share(JsonObject entry) => new(
        Text(entry["revisionName"]),
        entry["latestRevision"]?.GetValue<bool>() ?? false,
        entry["weight"]?.GetValue<int>() ?? 0,
        Text(entry["label"]));

    private static JsonObject Entry(TrafficShare share)
    {
        var entry = new JsonObject { ["weight"] = share.Weight };
        if (share.Revision is not null)
        {
            entry["revisionName"] = share.Revision;
        }

        if (share.IsLatest)
        {
            entry["latestRevision"] = true;
        }

        if (share.Label is not null)
        {
            entry["label"] = share.Label;
        }

        return entry;
    }

    private static string? Text(JsonNode? node) =>
        JsonTexts.Text(node) is { Length: > 0 } text ? text : null;
}
