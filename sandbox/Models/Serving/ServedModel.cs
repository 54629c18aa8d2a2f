using Orchestrator.Sandbox.Models.Chat;

namespace Orchestrator.Sandbox.Models.Serving;

/// <summary>A model that stands ready somewhere.</summary>
/// <param name="Model">The model.</param>
/// <param name="Name">What requests call it: its deployment, or its served name.</param>
/// <param name="ReportedAs">What its answers call it.</param>
/// <param name="Dialect">What they look like.</param>
/// <param name="Place">Where it is.</param>
internal sealed record ServedModel(SandboxModel Model, string Name, string ReportedAs, IChatDialect Dialect, string Place)
{
    /// <summary>The names that a fault may be set by.</summary>
    public IEnumerable<string> Names => [Name, Model.Name, Model.FullName, .. Deployment is null ? Array.Empty<string>() : [Deployment]];

    /// <summary>The deployment on an online endpoint, or null.</summary>
    public string? Deployment { get; init; }

    /// <summary>How a request came to it through an online endpoint, or null.</summary>
    public OnlineRoute? Route { get; init; }

    /// <summary>Whether a content filter watches what goes in and out.</summary>
    public bool HasFilter { get; init; }

    /// <summary>How often it may be asked; null for as often as one likes.</summary>
    public RateLimit? Limit { get; init; }

    /// <summary>What its engine counts, or null.</summary>
    public EngineMetrics? Metrics { get; init; }
}

/// <summary>The rate limit of a deployment.</summary>
/// <param name="Id">The deployment's id.</param>
/// <param name="Capacity">Its units: 1,000 tokens and 6 requests a minute each.</param>
internal sealed record RateLimit(string Id, int Capacity);

/// <summary>What was found where a model was looked for.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Model">The model when it is ready.</param>
/// <param name="Missing">What was looked for, in a few words.</param>
internal sealed record Located(LocatedState State, ServedModel? Model = null, string Missing = "");

/// <summary>How a model stands.</summary>
internal enum LocatedState
{
    /// <summary>It answers.</summary>
    Ready,

    /// <summary>There is nothing of that name.</summary>
    Absent,

    /// <summary>It is being deployed, or loads its weights.</summary>
    Loading,

    /// <summary>It is there, but nothing is known of such a model or such weights.</summary>
    Unknown,
}
