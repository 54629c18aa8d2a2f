using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.GitHub;
using Orchestrator.Sandbox.Latency;

namespace Orchestrator.Sandbox;

/// <summary>What the sandbox simulates.</summary>
public sealed record SandboxOptions
{
    /// <summary>The clouds.</summary>
    public required IReadOnlyList<SandboxCloudOptions> Clouds { get; init; }

    /// <summary>GitHub.</summary>
    public required GitHubOptions GitHub { get; init; }

    /// <summary>How long things take; nothing takes any time by default.</summary>
    public SandboxLatencies Latencies { get; init; } = new();

    /// <summary>How many requests each cloud's ARM takes.</summary>
    public ArmLimits Limits { get; init; } = new();

    /// <summary>Seeds everything that looks like chance.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The control server's port; 0 for a free one.</summary>
    public int ControlPort { get; init; }
}

/// <summary>A simulated cloud.</summary>
public sealed record SandboxCloudOptions
{
    /// <summary>Its name, e.g. <c>azure-china</c>; its hosts are under <c>NAME.localhost</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its port; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>Its tenant.</summary>
    public required Guid TenantId { get; init; }

    /// <summary>Its subscription.</summary>
    public required Guid SubscriptionId { get; init; }

    /// <summary>The application that may sign in.</summary>
    public required Guid ClientId { get; init; }

    /// <summary>That application's secret.</summary>
    public required string ClientSecret { get; init; }

    /// <summary>Its regions.</summary>
    public required IReadOnlyList<string> Regions { get; init; }

    /// <summary>What it offers in them, beside the resource types.</summary>
    public CloudOffer Offer { get; init; } = CloudOffer.AzurePublic;

    /// <summary>How long the tokens are good that online endpoints with tokens of their own give out.</summary>
    public TimeSpan EndpointTokenLife { get; init; } = TimeSpan.FromHours(12);
}

/// <summary>ARM's throttling of a subscription: so many requests at once, refilled steadily. The defaults are those that ARM documents.</summary>
/// <param name="Reads">Reads at once.</param>
/// <param name="ReadsPerSecond">Reads that come back each second.</param>
/// <param name="Writes">Writes at once.</param>
/// <param name="WritesPerSecond">Writes that come back each second.</param>
public sealed record ArmLimits(int Reads = 250, int ReadsPerSecond = 25, int Writes = 200, int WritesPerSecond = 10);
