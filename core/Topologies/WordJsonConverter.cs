using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Core.Topologies;

/// <summary>Writes an enum as its name in camelCase, whatever options are in use.</summary>
public sealed class WordJsonConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
