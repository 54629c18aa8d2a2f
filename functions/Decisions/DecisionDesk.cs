using Microsoft.DurableTask.Client;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Freezes;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Decisions;

/// <summary>
/// Takes people's decisions about rollouts, however they come: by HTTP, by command, from GitHub. Each is carried out before it is
/// kept, and safe to carry out twice: one whose keeping was cut short comes again under the same key.
/// </summary>
/// <param name="decisions">What has been decided.</param>
/// <param name="afterwards">What follows when a rollout has ended.</param>
/// <param name="approvals">What is said of plans.</param>
/// <param name="freezes">When nothing is rolled out.</param>
/// <param name="time">The clock.</param>
public sealed class DecisionDesk(DecisionStore decisions, AfterRollout afterwards, ApprovalDesk approvals, FreezeDesk freezes, TimeProvider time)
{
    /// <summary>What becomes of a decision about a rollout.</summary>
    public async Task<DecisionAnswer> DecideAsync(DurableTaskClient client, string rollout, Decision decision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decision);
        if (await RolloutViews.RolloutAsync(client, rollout, cancellationToken) is not { } view)
        {
            return new(DecisionOutcome.NotFound, $"expected the id of a rollout, found '{rollout}', which is none", []);
        }

        var before = await decisions.ReadAsync(rollout, cancellationToken);
        if (decision.Key is { } key && before.FirstOrDefault(one => one.Key == key) is { } same)
        {
            return same.Kind == decision.Kind && same.By == decision.By && same.Why == decision.Why
                ? DecisionAnswer.Taken(same.Told)
                : new(DecisionOutcome.KeyReused, $"expected the idempotency key '{key}' with the decision that it came with before, {same.Kind} by {same.By}; found {decision.Kind} by {decision.By}", []);
        }

        var now = time.GetUtcNow();
        var answer = await CarryOutAsync(client, view, decision, before, now, cancellationToken);
        if (answer.Outcome == DecisionOutcome.Taken)
        {
            await decisions.AddAsync(rollout, new(now, decision.By, decision.Kind, decision.Why, answer.Told, decision.Key), cancellationToken);
        }

        return answer;
    }

    private Task<DecisionAnswer> CarryOutAsync(DurableTaskClient client, RolloutView view, Decision decision, IReadOnlyList<DecisionRecord> before, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (id, hasEnded) = (view.Rollout.Id, view.Rollout.Phase.IsTerminal());
        return (decision.Kind, hasEnded) switch
        {
            (DecisionKind.Retry, true) => afterwards.RetryAsync(client, view, decision, cancellationToken),
            (DecisionKind.Verify, true) => afterwards.VerifyAsync(client, view, cancellationToken),
            (DecisionKind.Retry or DecisionKind.Verify, false) => Task.FromResult(DecisionAnswer.Refused($"expected a rollout that has ended, found that {id} is under way")),
            (_, true) => Task.FromResult(DecisionAnswer.Refused($"expected a rollout under way, found that {id} has ended: {view.Rollout.Phase}")),
            (DecisionKind.Approve or DecisionKind.Reject, _) => approvals.SayAsync(client, id, decision, cancellationToken),
            (DecisionKind.Pause, _) => RunOrders.PauseAsync(client, view, decision, before, now, cancellationToken),
            (DecisionKind.Resume, _) => RunOrders.ResumeAsync(client, view, decision, before, cancellationToken),
            (DecisionKind.OverrideFreeze, _) => freezes.OverrideAsync(client, view, decision, cancellationToken),
            (DecisionKind.SkipBake, _) => RunOrders.SkipBakeAsync(client, view, decision, cancellationToken),
            (DecisionKind.RollBack, _) => RunOrders.StopAsync(client, view, decision, cancellationToken),
            _ => RunOrders.PromoteAsync(client, view, decision, cancellationToken),
        };
    }
}
