using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Core.Topologies;

/// <summary>Writes topologies in the form that <see cref="TopologyParser"/> reads.</summary>
public static class TopologyJson
{
    /// <summary>The topology as indented JSON, with every default spelled out.</summary>
    public static string Write(Topology topology) => JsonSerializer.Serialize(topology, TopologyJsonContext.Default.Topology);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(Topology))]
internal sealed partial class TopologyJsonContext : JsonSerializerContext;
