using System.Text.Json.Serialization;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Functions.Models;

/// <summary>What a candidate changes of a region's models.</summary>
/// <param name="Entries">What the candidate's gateway is told, models that do not change included.</param>
/// <param name="Changes">The models that change; each is brought up beside what serves now.</param>
/// <param name="Rejection">Why the region cannot take them; null when it can.</param>
public sealed record ModelPlan(IReadOnlyList<ModelEntry> Entries, IReadOnlyList<ModelChange> Changes, string? Rejection = null)
{
    internal static ModelPlan Rejected(string why) => new([], [], why);
}

/// <summary>A model that changes.</summary>
/// <param name="Name">The name that the gateway's callers use.</param>
/// <param name="Kind">What serves it.</param>
/// <param name="From">What answers now; null when that is not known.</param>
/// <param name="To">What is to answer: a closed model's version, the digest of open weights.</param>
/// <param name="Server">What the new one is called where it is served: a deployment, a server, a served name.</param>
public sealed record ModelChange(string Name, ModelKind Kind, string? From, string To, string Server)
{
    private const int DigestDigits = 12;

    /// <summary>The digest of the server's image and arguments now; null for what the stack's own server runs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? FromServer { get; init; }

    /// <summary>The digest that it is to be.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? ToServer { get; init; }

    /// <summary>Whether a revision that the candidate has in the region already asks it, by that name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsAsked { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Name} {Short(From ?? "unknown", FromServer)} → {Short(To, ToServer)}";

    /// <summary>An identity for people.</summary>
    internal static string Short(string identity, string? server) =>
        $"{(identity.Length == 64 ? identity[..DigestDigits] : identity)}{(server is null ? string.Empty : $" in {server}")}";
}

/// <summary>What serves a model.</summary>
[JsonConverter(typeof(WordJsonConverter<ModelKind>))]
public enum ModelKind
{
    /// <summary>A deployment of an Azure AI account.</summary>
    Closed,

    /// <summary>A server of an Azure Machine Learning online endpoint.</summary>
    Online,

    /// <summary>A cluster that others run.</summary>
    External,
}
