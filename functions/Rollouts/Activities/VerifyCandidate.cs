using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Verification;

namespace Orchestrator.Functions.Rollouts.Activities;

/// <summary>Verifies the candidate.</summary>
/// <param name="apps">The regions' container apps.</param>
/// <param name="observer">Who measures.</param>
public sealed class VerifyCandidate(ContainerApps apps, WorkloadObserver observer)
{
    /// <summary>The verdict with its evidence.</summary>
    [Function(nameof(VerifyCandidate))]
    public Task<VerificationResult> RunAsync([ActivityTrigger] RegionOrder order, CancellationToken cancellationToken) =>
        RevisionVerification.RunAsync(
            apps,
            observer,
            order,
            RevisionNames.Of(order),
            order.Candidate.ProbeUnder(order.Verification),
            order.Candidate.Version,
            cancellationToken);
}
