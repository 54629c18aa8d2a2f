using Orchestrator.Core.Verification;
using Orchestrator.Functions.Analysis;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Verification;

namespace Orchestrator.Functions.Rollouts.Activities;

/// <summary>Measures a revision on its own address, whatever share of the traffic it has, and judges what was measured.</summary>
internal static class RevisionVerification
{
    public static Task<VerificationResult> RunAsync(
        ContainerApps apps,
        WorkloadObserver observer,
        RegionOrder order,
        string name,
        ProbeRequest probe,
        string? version,
        CancellationToken cancellationToken) =>
        AtItsAddressAsync(
            apps,
            order,
            name,
            async revision =>
            {
                var observations = await observer.ObserveAsync(order.Target.Stack, revision.Fqdn, order.Verification, probe, cancellationToken);
                return VerificationJudge.Judge(observations, order.Verification, version);
            },
            notMeasured => notMeasured,
            cancellationToken);

    /// <summary>What <paramref name="measure"/> finds at the revision's address; where there is none, or ARM refuses to say, what follows from that.</summary>
    public static async Task<T> AtItsAddressAsync<T>(
        ContainerApps apps,
        RegionOrder order,
        string name,
        Func<RevisionAddress, Task<T>> measure,
        Func<VerificationResult, T> notMeasured,
        CancellationToken cancellationToken)
    {
        try
        {
            var revision = await apps.ReadRevisionAsync(order.Target, name, cancellationToken);
            return revision?.Fqdn is { } fqdn
                ? await measure(new(name, fqdn, revision.Replicas))
                : notMeasured(NotMeasured($"revision {name} has no address"));
        }
        catch (StackRefusedException refused)
        {
            return notMeasured(NotMeasured(refused.Message));
        }
    }

    private static VerificationResult NotMeasured(string why) =>
        VerificationResult.Of([new("address", Verdict.Error, "the revision's own address", why)]);
}
