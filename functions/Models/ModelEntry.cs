using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Functions.Models;

/// <summary>Where a gateway finds a model: an entry of the list in its environment variable <c>MODELS</c>.</summary>
/// <param name="Name">The name that the gateway's own callers use.</param>
/// <param name="Endpoint">The address of what serves it.</param>
public sealed record ModelEntry(string Name, string Endpoint)
{
    /// <summary>What answers: a closed model's version, the digest of open weights; null when the gateway was not told.</summary>
    public string? Identity { get; init; }

    /// <summary>
    /// What a server that a release has brought runs beside its weights: the first digits of the digest of its image and arguments;
    /// null for what the stack's own server runs.
    /// </summary>
    public string? ServerDigest { get; init; }

    /// <summary>What requests carry as their model there; <see cref="Name"/> when null.</summary>
    public string? Deployment { get; init; }

    /// <summary>Headers that requests carry there.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>What a token is asked for; empty when there is none of Entra's.</summary>
    public string? Scope { get; init; }

    /// <summary>What a POST with such a token gets the model's own token from.</summary>
    public string? TokenEndpoint { get; init; }

    /// <summary>What others have written into the entry: it stays.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Rest { get; init; }

    /// <summary>What answers, with the server that it runs in: the same weights answer otherwise in another one.</summary>
    [JsonIgnore]
    public string? Whole => WholeOf(Identity, ServerDigest);

    /// <summary>What requests carry as their model.</summary>
    [JsonIgnore]
    public string Asked => Deployment ?? Name;

    /// <summary>What answers, with the server that it runs in.</summary>
    internal static string? WholeOf(string? identity, string? server) => server is null ? identity : $"{identity}+{server}";
}
