using Microsoft.DurableTask.Client;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.Watch;

namespace Orchestrator.Functions.Decisions;

/// <summary>What people do about a rollout that has ended.</summary>
/// <param name="starter">Who starts runs.</param>
/// <param name="regions">Who looks at regions.</param>
/// <param name="findings">What has been found in them.</param>
public sealed class AfterRollout(ReleaseStarter starter, RegionWatch regions, FindingStore findings)
{
    /// <summary>Tries the regions again that do not run the release.</summary>
    internal async Task<DecisionAnswer> RetryAsync(DurableTaskClient client, RolloutView view, Decision decision, CancellationToken cancellationToken)
    {
        var failed = view.Waves.SelectMany(wave => wave.Regions).Where(run => !RolloutDecisions.IsGood(run)).Select(run => run.Region).ToArray();
        if (failed.Length == 0)
        {
            return DecisionAnswer.Refused($"expected a region of {view.Rollout.Id} that does not run the release, found none");
        }

        var order = await RolloutViews.OrderAsync(client, view.Rollout.Id, cancellationToken);
        var key = order.Candidate.Key;
        var why = decision.Why ?? $"what failed in {view.Rollout.Id} is tried again";
        var scope = new ReleaseScope(order.Stack, order.Environment.Name, order.Candidate.IsRollback, why, decision.By, failed);
        return DecisionAnswer.Taken(await starter.StartAgainAsync(client, key.Repository, key.Tag, scope, cancellationToken));
    }

    /// <summary>Verifies what runs in the rollout's regions, as users are served; health shows what is found.</summary>
    internal async Task<DecisionAnswer> VerifyAsync(DurableTaskClient client, RolloutView view, CancellationToken cancellationToken)
    {
        var order = await RolloutViews.OrderAsync(client, view.Rollout.Id, cancellationToken);
        var bad = new List<string>();
        foreach (var target in order.Environment.Regions.Select(region => order.For(region).Target))
        {
            var look = await regions.LookAsync(target, order.Environment.Verification, cancellationToken);
            if (await findings.RecordAsync(target, look.Finding, cancellationToken) is { } finding)
            {
                bad.Add($"{target.Region.Name}: {finding.Detail}");
            }
        }

        return DecisionAnswer.Taken(bad.Count == 0 ? [$"{order.Environment.Regions.Count()} regions pass"] : bad);
    }
}
