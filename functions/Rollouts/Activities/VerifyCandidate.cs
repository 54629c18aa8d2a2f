using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Analysis;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Verification;

namespace Orchestrator.Functions.Rollouts.Activities;

/// <summary>Verifies the candidate, and compares it with its baseline where both have traffic.</summary>
/// <param name="apps">The regions' container apps.</param>
/// <param name="observer">Who measures.</param>
/// <param name="analyst">Who compares.</param>
public sealed class VerifyCandidate(ContainerApps apps, WorkloadObserver observer, RegionAnalyst analyst)
{
    /// <summary>The verdict with its evidence.</summary>
    [Function(nameof(VerifyCandidate))]
    public Task<CandidateVerdict> RunAsync([ActivityTrigger] VerificationOrder order, CancellationToken cancellationToken)
    {
        var (region, comparison) = (order.Region, order.Comparison);
        return RevisionVerification.AtItsAddressAsync(
            apps,
            region,
            RevisionNames.Of(region),
            async candidate =>
            {
                var observing = observer.ObserveAsync(region.Target.Stack, candidate.Fqdn, region.Verification, region.Candidate.ProbeUnder(region.Verification), cancellationToken);
                var compared = comparison is null ? null : await analyst.LookAsync(region, candidate, comparison, observing, cancellationToken);
                var result = VerificationJudge.Judge(await observing, region.Verification, region.Candidate.Version);
                return new(compared is null ? result : result.With(compared.Checks), compared?.Window);
            },
            notMeasured => new CandidateVerdict(notMeasured, comparison?.Window),
            cancellationToken);
    }
}

/// <summary>The order to verify a candidate.</summary>
/// <param name="Region">Where and which.</param>
/// <param name="Comparison">How it is compared with its baseline; null where there is nothing to compare it with.</param>
public sealed record VerificationOrder(RegionOrder Region, ComparisonOrder? Comparison = null);

/// <summary>What a verification has shown.</summary>
/// <param name="Result">The verdict with its evidence.</param>
/// <param name="Window">What has been measured in the window so far; null without a comparison.</param>
public sealed record CandidateVerdict(VerificationResult Result, AnalysisWindow? Window);
