using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Verification;

namespace Orchestrator.Functions.Rollouts.Activities;

/// <summary>Verifies the candidate on its own address, whatever share of the traffic it has.</summary>
/// <param name="apps">The regions' container apps.</param>
/// <param name="observer">Who measures.</param>
public sealed class VerifyCandidate(ContainerApps apps, WorkloadObserver observer)
{
    /// <summary>The verdict with its evidence.</summary>
    [Function(nameof(VerifyCandidate))]
    public async Task<VerificationResult> RunAsync([ActivityTrigger] RegionOrder order, CancellationToken cancellationToken)
    {
        try
        {
            var revision = await apps.ReadRevisionAsync(order.Target, RevisionNames.Of(order), cancellationToken);
            if (revision?.Fqdn is not { } fqdn)
            {
                return NotMeasured($"revision {RevisionNames.Of(order)} has no address");
            }

            var probe = order.Candidate.ProbeUnder(order.Verification);
            var observations = await observer.ObserveAsync(order.Target.Stack, fqdn, order.Verification, probe, cancellationToken);
            return VerificationJudge.Judge(observations, order.Verification, order.Candidate.Version);
        }
        catch (StackRefusedException refused)
        {
            return NotMeasured(refused.Message);
        }
    }

    private static VerificationResult NotMeasured(string why) =>
        VerificationResult.Of([new("address", Verdict.Error, "the candidate's own address", why)]);
}
