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
    public async Task<CandidateVerdict> RunAsync([ActivityTrigger] VerificationOrder order, CancellationToken cancellationToken)
    {
        var (region, comparison) = (order.Region, order.Comparison!);
        try
        {
            var name = RevisionNames.Of(region);
            var revision = await apps.ReadRevisionAsync(region.Target, name, cancellationToken);
            if (revision?.Fqdn is not { } fqdn)
            {
                return new(RevisionVerification.NotMeasured($"revision {name} has no address"), comparison.Window);
            }

            var compared = await analyst.LookAsync(region, new(name, fqdn, revision.Replicas), comparison, observing: null, cancellationToken);
            return new(VerificationResult.Of(compared.Checks), compared.Window);
        }
        catch (StackRefusedException refused)
        {
            return new(RevisionVerification.NotMeasured(refused.Message), comparison.Window);
        }
    }
}
