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
    public async Task<CandidateVerdict> RunAsync([ActivityTrigger] VerificationOrder order, CancellationToken cancellationToken)
    {
        var region = order.Region;
        try
        {
            var name = RevisionNames.Of(region);
            var revision = await apps.ReadRevisionAsync(region.Target, name, cancellationToken);
            if (revision?.Fqdn is not { } fqdn)
            {
                return new(RevisionVerification.NotMeasured($"revision {name} has no address"), order.Comparison?.Window);
            }

            var observing = observer.ObserveAsync(region.Target.Stack, fqdn, region.Verification, region.Candidate.ProbeUnder(region.Verification), cancellationToken);
            var compared = order.Comparison is { } comparison
                ? await analyst.LookAsync(region, new(name, fqdn, revision.Replicas), comparison, observing, cancellationToken)
                : null;
            var result = VerificationJudge.Judge(await observing, region.Verification, region.Candidate.Version);
            return new(compared is null ? result : result.With(compared.Checks), compared?.Window);
        }
        catch (StackRefusedException refused)
        {
            return new(RevisionVerification.NotMeasured(refused.Message), order.Comparison?.Window);
        }
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
