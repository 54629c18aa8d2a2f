using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Azure;

/// <summary>A resource as ARM keeps it.</summary>
internal sealed class Resource(string id, string name, string type)
{
    public string Id => id;

    public string Name => name;

    public string Type => type;

    /// <summary>What was put: location, tags, properties and the like.</summary>
    public JsonObject Body { get; set; } = [];

    public string Location => Body["location"]?.GetValue<string>() ?? string.Empty;

    public IReadOnlyDictionary<string, string> Tags =>
        (Body["tags"] as JsonObject ?? []).ToDictionary(tag => tag.Key, tag => tag.Value?.GetValue<string>() ?? string.Empty);

    public string ETag { get; private set; } = NewTag();

    /// <summary>The operation that is under way, or the last one.</summary>
    public ArmOperation? Operation { get; set; }

    public void Touch() => ETag = NewTag();

    private static string NewTag() => $"\"{Guid.NewGuid():N}\"";
}

/// <summary>A change that takes time.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ResourceId">What it changes.</param>
/// <param name="Start">When it was accepted.</param>
/// <param name="End">When it ends.</param>
internal sealed record ArmOperation(string Id, string ResourceId, DateTimeOffset Start, DateTimeOffset End);
