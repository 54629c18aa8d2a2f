using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Analysis;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Rollouts.Activities;

/// <summary>Compares the candidate with its baseline, and does nothing else: in the background, while traffic is held and waves bake.</summary>
/// <param name="apps">The regions' container apps.</param>
/// <param name="analyst">Who compares.</param>
public sealed class AnalyseCandidate(ContainerApps apps, RegionAnalyst analyst)
{
    /// <summary>The verdict with its evidence.</summary>
    [Function(nameof(AnalyseCandidate))]
    public Task<CandidateVerdict> RunAsync([ActivityTrigger] VerificationOrder order, CancellationToken cancellationToken)
    {
        var (region, comparison) = (order.Region, order.Comparison!);
        return RevisionVerification.AtItsAddressAsync(
            apps,
            region,
            RevisionNames.Of(region),
            async candidate =>
            {
                var compared = await analyst.LookAsync(region, candidate, comparison, observing: null, cancellationToken);
                return new(VerificationResult.Of(compared.Checks), compared.Window);
            },
            notMeasured => new CandidateVerdict(notMeasured, comparison.Window),
            cancellationToken);
    }
}
