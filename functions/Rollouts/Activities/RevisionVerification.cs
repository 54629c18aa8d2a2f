using Orchestrator.Core.Verification;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Verification;

namespace Orchestrator.Functions.Rollouts.Activities;

/// <summary>Measures a revision on its own address, whatever share of the traffic it has, and judges what was measured.</summary>
internal static class RevisionVerification
{
    public static async Task<VerificationResult> RunAsync(
        ContainerApps apps,
        WorkloadObserver observer,
        RegionOrder order,
        string name,
        ProbeRequest probe,
        string? version,
        CancellationToken cancellationToken)
    {
        try
        {
            var revision = await apps.ReadRevisionAsync(order.Target, name, cancellationToken);
            if (revision?.Fqdn is not { } fqdn)
            {
                return NotMeasured($"revision {name} has no address");
            }

            var observations = await observer.ObserveAsync(order.Target.Stack, fqdn, order.Verification, probe, cancellationToken);
            return VerificationJudge.Judge(observations, order.Verification, version);
        }
        catch (StackRefusedException refused)
        {
            return NotMeasured(refused.Message);
        }
    }

    public static VerificationResult NotMeasured(string why) =>
        VerificationResult.Of([new("address", Verdict.Error, "the revision's own address", why)]);
}
