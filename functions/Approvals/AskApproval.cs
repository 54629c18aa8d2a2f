using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Approvals;
using Orchestrator.Core.Names;
using Orchestrator.Functions.Comments;
using Orchestrator.Functions.Lanes;
using Orchestrator.Functions.Plans;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Approvals;

/// <summary>Asks where a rollout's plan, as it is now, stands with those who have to approve it.</summary>
/// <param name="planner">Makes the plan.</param>
/// <param name="approvals">What has been said.</param>
/// <param name="lanes">What has been promoted meanwhile.</param>
/// <param name="prompts">Who tells approvers on GitHub.</param>
/// <param name="time">The clock.</param>
public sealed class AskApproval(RolloutPlanner planner, ApprovalStore approvals, LaneStore lanes, ApprovalPrompts prompts, TimeProvider time)
{
    /// <summary>Where it stands.</summary>
    [Function(nameof(AskApproval))]
    public async Task<ApprovalAnswer> RunAsync([ActivityTrigger] RolloutOrder order, CancellationToken cancellationToken)
    {
        var (stack, environment, candidate) = (order.Stack, order.Environment, order.Candidate);
        if ((await lanes.ReadAsync(stack, environment.Name, cancellationToken)).Promoted is { } promoted && SemanticVersion.IsOlder(candidate.Version, promoted.Version))
        {
            return new(ApprovalState.Superseded, $"superseded by {promoted.Tag}");
        }

        var plan = await planner.PlanAsync(order, cancellationToken);
        var said = await approvals.ReadAsync(stack, environment.Name, candidate.Key.Tag, cancellationToken);
        var answer = ApprovalDecisions.Judge(environment.Approval!, said, plan.Digest, candidate.PublishedBy, time.GetUtcNow());
        if (answer.IsLacking)
        {
            await prompts.TellAsync(order, plan, answer.Reason!, cancellationToken);
        }

        return answer;
    }
}
