using Microsoft.DurableTask.Client;
using Orchestrator.Core.Approvals;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Approvals;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Plans;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Decisions;

/// <summary>Takes what people say of plans, before a rollout has begun or while it waits for them.</summary>
/// <param name="planner">Makes the plan as it is now.</param>
/// <param name="approvals">What has been said.</param>
/// <param name="time">The clock.</param>
public sealed class ApprovalDesk(RolloutPlanner planner, ApprovalStore approvals, TimeProvider time)
{
    /// <summary>What becomes of what somebody says of the plan of a rollout under way.</summary>
    internal async Task<DecisionAnswer> SayAsync(DurableTaskClient client, string rollout, Decision decision, CancellationToken cancellationToken)
    {
        var answer = await SayAsync(await RolloutViews.OrderAsync(client, rollout, cancellationToken), decision, cancellationToken);
        if (answer.Outcome == DecisionOutcome.Taken)
        {
            await client.RaiseEventAsync(rollout, Nudges.Event, decision.By, cancellationToken);
        }

        return answer;
    }

    /// <summary>What becomes of what somebody says of the plan of a rollout, whether it has begun or not.</summary>
    internal async Task<DecisionAnswer> SayAsync(RolloutOrder order, Decision decision, CancellationToken cancellationToken)
    {
        if (order.Environment.Approval is not { } policy)
        {
            return DecisionAnswer.Refused($"expected an environment whose rollouts are approved, found that {order.Stack}/{order.Environment.Name} asks nobody");
        }

        if (decision.Plan is not { } named)
        {
            return new(DecisionOutcome.Malformed, "expected the digest of the plan that is meant, such as { \"plan\": \"…\" }; found none", []);
        }

        try
        {
            var plan = await planner.PlanAsync(order, cancellationToken);
            var word = decision.Kind == DecisionKind.Reject ? ApprovalWord.Reject : ApprovalWord.Approve;
            var saying = new Approval(decision.By, word, named, decision.At ?? time.GetUtcNow(), decision.Why, decision.NotBefore, decision.Key);
            var refusal = await approvals.AddAsync(
                order.Stack,
                order.Environment.Name,
                order.Candidate.Key.Tag,
                saying,
                said => ApprovalDecisions.Refuse(policy, said, saying, plan.Digest, order.Candidate.PublishedBy),
                cancellationToken);
            return refusal is null ? DecisionAnswer.Taken()
                : refusal.IsForbidden ? DecisionAnswer.Forbidden(refusal.Reason)
                : DecisionAnswer.Refused(refusal.Reason);
        }
        catch (Exception unread) when (unread is StackUnavailableException or StackRefusedException)
        {
            return DecisionAnswer.Refused($"what runs could not be read, so the plan is not known: {unread.Message}");
        }
    }
}
