using System.Text.Json.Serialization;
using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Rollouts.Activities;

/// <summary>Looks whether the candidate's revision is ready. The app's own <c>Succeeded</c> does not say so.</summary>
/// <param name="apps">The regions' container apps.</param>
public sealed class CheckCandidate(ContainerApps apps)
{
    /// <summary>How far the revision is.</summary>
    [Function(nameof(CheckCandidate))]
    public async Task<CandidateReadiness> RunAsync([ActivityTrigger] RegionOrder order, CancellationToken cancellationToken)
    {
        try
        {
            var app = await apps.ReadAsync(order.Target, cancellationToken);
            var revision = await apps.ReadRevisionAsync(order.Target, RevisionNames.Of(order), cancellationToken);
            return Judge(app, revision);
        }
        catch (StackRefusedException refused)
        {
            return new(Readiness.Failed, refused.Message);
        }
    }

    private static CandidateReadiness Judge(ContainerAppState? app, RevisionState? revision)
    {
        if (app is null)
        {
            return new(Readiness.Failed, "the container app is gone");
        }

        if (revision is null)
        {
            // Until ARM has finished with the app, the revision may still come.
            return app.IsBusy
                ? new(Readiness.Progressing, "the revision is being made")
                : new(Readiness.Failed, $"the app is {app.ProvisioningState} and the revision does not exist");
        }

        var state = $"provisioning {revision.ProvisioningState}, health {revision.HealthState}, running {revision.RunningState}";
        if (revision.ProvisioningState is "Failed" or "Deprovisioned" || revision.RunningState is "Failed" or "Stopped")
        {
            return new(Readiness.Failed, revision.Error is null ? state : $"{state}: {revision.Error}");
        }

        // Scaled to zero is ready too: the first request starts a replica.
        var running = revision.RunningState.StartsWith("Running", StringComparison.OrdinalIgnoreCase)
            || revision.RunningState is "ScaledToZero" or "Scaled to 0";
        return revision is { IsActive: true, ProvisioningState: "Provisioned", HealthState: "Healthy", Fqdn: not null } && running && !app.IsBusy
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
