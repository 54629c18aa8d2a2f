using Orchestrator.Core.Approvals;
using Orchestrator.Core.Names;
using Orchestrator.Core.Plans;
using Orchestrator.Core.Releases;
using Orchestrator.Functions.Approvals;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.Plans;

/// <summary>Plans a whole release: what it would change in every environment of every stack.</summary>
/// <param name="releases">Who reads releases, drafts too.</param>
/// <param name="planner">Who plans a rollout.</param>
/// <param name="approvals">What has been said of plans.</param>
/// <param name="settings">The repository.</param>
/// <param name="time">The clock.</param>
public sealed class ReleasePlanner(ReleaseReader releases, RolloutPlanner planner, ApprovalStore approvals, OrchestratorSettings settings, TimeProvider time)
{
    /// <summary>The plan of a release as it would be carried out now.</summary>
    /// <exception cref="Octokit.ApiException">GitHub could not be asked, or not now.</exception>
    public async Task<ReleasePlanView> PlanAsync(ReleaseTag tag, CancellationToken cancellationToken)
    {
        var (plan, found) = await PreviewAsync(tag, cancellationToken);
        var rollouts = await Task.WhenAll(plan.Stacks.Select(stack => PlanAsync(stack, cancellationToken)));
        return new(tag, found.Commit, found.IsDraft, found.IsPrerelease, plan.Refusal, [.. rollouts.SelectMany(all => all)]);
    }

    /// <summary>The order that a release would be rolled out by in one environment; null when it would not.</summary>
    /// <exception cref="Octokit.ApiException">GitHub could not be asked, or not now.</exception>
    public async Task<RolloutOrder?> OrderAsync(ReleaseTag tag, StackName stack, EnvironmentName environment, CancellationToken cancellationToken)
    {
        var (plan, _) = await PreviewAsync(tag, cancellationToken);
        return plan.Stacks.FirstOrDefault(one => one.Stack == stack) is { } order && order.Environments.FirstOrDefault(one => one.Name == environment) is { } found
            ? order.For(found)
            : null;
    }

    private Task<(ReleasePlan Plan, GitHub.FoundRelease Release)> PreviewAsync(ReleaseTag tag, CancellationToken cancellationToken) =>
        releases.PreviewAsync(new(new ReleaseKey(settings.Topology.Repository, tag, ReleaseKey.OfRelease), DeliveryId: string.Empty), cancellationToken);

    private async Task<IReadOnlyList<PlannedRolloutView>> PlanAsync(StackOrder stack, CancellationToken cancellationToken)
    {
        var planned = new List<PlannedRolloutView>();
        foreach (var environment in stack.Environments)
        {
            planned.Add(await PlanAsync(stack.For(environment), cancellationToken));
        }

        return planned;
    }

    private async Task<PlannedRolloutView> PlanAsync(RolloutOrder order, CancellationToken cancellationToken)
    {
        var (stack, environment) = (order.Stack, order.Environment);
        var rollout = order.Candidate.Key.Rollout(stack, environment.Name);
        try
        {
            var plan = await planner.PlanAsync(order, cancellationToken);
            return new(rollout, stack, environment.Name, plan, null, await ApprovalAsync(order, plan, cancellationToken));
        }
        catch (Exception unread) when (unread is StackUnavailableException or StackRefusedException)
        {
            // One cloud that does not answer keeps nobody from seeing what would happen in the other.
            return new(rollout, stack, environment.Name, null, unread.Message, null);
        }
    }

    private async Task<ApprovalAnswer?> ApprovalAsync(RolloutOrder order, RolloutPlan plan, CancellationToken cancellationToken)
    {
        if (order.Environment.Approval is not { } policy)
        {
            return null;
        }

        var said = await approvals.ReadAsync(order.Stack, order.Environment.Name, order.Candidate.Key.Tag, cancellationToken);
        return ApprovalDecisions.Judge(policy, said, plan.Digest, order.Candidate.PublishedBy, time.GetUtcNow());
    }
}
