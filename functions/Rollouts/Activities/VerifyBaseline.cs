using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Verification;

namespace Orchestrator.Functions.Rollouts.Activities;

/// <summary>Verifies a baseline that has its traffic back. Going back is a change like any other: it can go wrong.</summary>
/// <param name="apps">The regions' container apps.</param>
/// <param name="observer">Who measures.</param>
public sealed class VerifyBaseline(ContainerApps apps, WorkloadObserver observer)
{
    /// <summary>The verdict with its evidence. The version is looked at where the baseline's is known.</summary>
    [Function(nameof(VerifyBaseline))]
    public async Task<VerificationResult> RunAsync([ActivityTrigger] RestoreOrder order, CancellationToken cancellationToken)
    {
        var region = order.Region;

        // Which models a baseline serves is not recorded; that it answers is asked on its health path.
        var probe = DefaultProbe.For([], region.Verification);
        return await RevisionVerification.RunAsync(apps, observer, region, order.Baseline.Revision, probe, order.Baseline.Version, cancellationToken);
    }
}
