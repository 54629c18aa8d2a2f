using System.Text.Json.Serialization;
using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Rollouts.Activities;

/// <summary>
/// Looks whether the candidate's revision is ready, for a while: a look is cheaper here than in an orchestration, whose history
/// grows by each. The app's own <c>Succeeded</c> does not say so.
/// </summary>
/// <param name="apps">The regions' container apps.</param>
/// <param name="stacks">How often their ARM may be asked.</param>
/// <param name="time">The clock.</param>
public sealed class CheckCandidate(ContainerApps apps, StackConnections stacks, TimeProvider time)
{
    // No longer, as an order to stop is heard in between.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How far the revision is.</summary>
    [Function(nameof(CheckCandidate))]
    public async Task<CandidateReadiness> RunAsync([ActivityTrigger] RegionOrder order, CancellationToken cancellationToken)
    {
        try
        {
            return await stacks.Of(order.Target.Stack).Pace.WatchAsync(() => LookAsync(order, cancellationToken), seen => seen.State != Readiness.Progressing, Patience, time, cancellationToken);
        }
        catch (StackRefusedException refused)
        {
            return new(Readiness.Failed, refused.Message);
        }
    }

    private async Task<CandidateReadiness> LookAsync(RegionOrder order, CancellationToken cancellationToken)
    {
        var revision = await ReadAsync();
        if (revision is not null && Judge(revision) is { State: not Readiness.Ready } notReady)
        {
            return notReady;
        }

        var app = await apps.ReadAsync(order.Target, cancellationToken);
        if (app is null)
        {
            return new(Readiness.Failed, "the container app is gone");
        }

        if (app.IsBusy)
        {
            return new(Readiness.Progressing, $"the app is {app.ProvisioningState}");
        }

        // It may have come while the app was asked for.
        revision ??= await ReadAsync();
        return revision is null ? new(Readiness.Failed, $"the app is {app.ProvisioningState} and the revision does not exist") : Judge(revision);

        Task<RevisionState?> ReadAsync() => apps.ReadRevisionAsync(order.Target, RevisionNames.Of(order), cancellationToken);
    }

    private static CandidateReadiness Judge(RevisionState revision)
    {
        var state = $"provisioning {revision.ProvisioningState}, health {revision.HealthState}, running {revision.RunningState}";
        if (revision.ProvisioningState is "Failed" or "Deprovisioned" || revision.RunningState is "Failed" or "Stopped")
        {
            return new(Readiness.Failed, revision.Error is null ? state : $"{state}: {revision.Error}");
        }

        // Scaled to zero is ready too: the first request starts a replica.
        var running = revision.RunningState.StartsWith("Running", StringComparison.OrdinalIgnoreCase)
            || revision.RunningState is "ScaledToZero" or "Scaled to 0";
        return revision is { IsActive: true, ProvisioningState: "Provisioned", HealthState: "Healthy", Fqdn: not null } && running
            ? new(Readiness.Ready, state)
            : new(Readiness.Progressing, state);
    }
}

/// <summary>How far a candidate is on its way to be verified.</summary>
/// <param name="State">How far.</param>
/// <param name="Detail">What ARM says of it.</param>
public sealed record CandidateReadiness(Readiness State, string Detail);

/// <summary>How far a candidate is on its way to be verified.</summary>
[JsonConverter(typeof(WordJsonConverter<Readiness>))]
public enum Readiness
{
    /// <summary>Not yet; look again.</summary>
    Progressing,

    /// <summary>It runs and can be asked.</summary>
    Ready,

    /// <summary>It will not get ready.</summary>
    Failed,
}
