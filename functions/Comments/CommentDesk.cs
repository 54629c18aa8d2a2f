using Microsoft.DurableTask.Client;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Decisions;
using Orchestrator.Functions.Plans;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.Comments;

/// <summary>
/// Takes what people say of plans in comments on a release's commit. Who may is looked up by the login that GitHub vouches for, and
/// by nothing else.
/// </summary>
/// <param name="settings">The repository.</param>
/// <param name="starter">Who knows which attempts were made.</param>
/// <param name="planner">Who knows what is planned.</param>
/// <param name="rollouts">Who plans a rollout.</param>
/// <param name="decisions">Who takes decisions about what is under way.</param>
/// <param name="approvals">Who takes what is said before.</param>
public sealed class CommentDesk(OrchestratorSettings settings, ReleaseStarter starter, ReleasePlanner planner, RolloutPlanner rollouts, DecisionDesk decisions, ApprovalDesk approvals)
{
    /// <summary>What came of a comment that is meant for us, as it is to be told.</summary>
    /// <exception cref="Octokit.ApiException">GitHub could not be asked for the release, or not now.</exception>
    public async Task<string> TakeAsync(DurableTaskClient client, CommitComment comment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(comment);
        if (CommentCommand.Parse(comment.Line) is not { } command)
        {
            return $"this was not counted: expected {CommentCommand.Rule}; found something else.";
        }

        return await RefusalAsync(client, comment, command, cancellationToken) is { } refusal ? $"this was not counted: {refusal}."
            : command.Kind == DecisionKind.Approve ? $"your approval of {command.Tag} in {command.Stack}/{command.Environment} has been counted."
            : $"{command.Tag} is not rolled out in {command.Stack}/{command.Environment}: you have rejected its plan.";
    }

    /// <summary>Why somebody does not count who may approve nothing.</summary>
    internal static string NotOneOf(string login) => $"expected one of those who may, found {login}";

    // Why it does not count; null when it does.
    private async Task<string?> RefusalAsync(DurableTaskClient client, CommitComment comment, CommentCommand command, CancellationToken cancellationToken)
    {
        var (rollout, order) = await FindAsync(client, command, cancellationToken);
        if (order is null)
        {
            return $"expected a release and an environment that it is rolled out to, found {command.Tag} and {command.Stack}/{command.Environment}";
        }

        if (order.Environment.Approval is not { } policy)
        {
            return $"expected an environment whose rollouts are approved, found that {command.Stack}/{command.Environment} asks nobody";
        }

        if (policy.OnGitHub(comment.Login) is not { } approver)
        {
            return NotOneOf(comment.Login);
        }

        if (order.Candidate.Commit != comment.Commit)
        {
            return $"expected the comment on the commit of {command.Tag}, found it on another";
        }

        if (await DigestAsync(order, cancellationToken) is not { } plan)
        {
            return "what runs could not be read just now, so the plan is not known; please say it again later";
        }

        if (!plan.Value.StartsWith(command.Plan, StringComparison.Ordinal))
        {
            return $"expected the plan as it is now, {plan.Value[..CommentCommand.LeastDigest]}; found {command.Plan}: look at the plan again";
        }

        var decision = new Decision(command.Kind, approver.Name, command.Why, plan, Key: comment.Answer, At: comment.At);
        return (rollout is not null
            ? await decisions.DecideAsync(client, rollout, decision, cancellationToken)
            : await approvals.SayAsync(order, decision, cancellationToken)).Detail;
    }

    // The rollout that is under way, of whichever attempt; where none is, what would be rolled out.
    private async Task<(string? Rollout, RolloutOrder? Order)> FindAsync(DurableTaskClient client, CommentCommand command, CancellationToken cancellationToken)
    {
        var next = await starter.NextAsync(client, settings.Topology.Repository, command.Tag, cancellationToken);
        for (var attempt = next.Attempt - 1; attempt >= ReleaseKey.OfPrerelease; attempt--)
        {
            var rollout = (next with { Attempt = attempt }).Rollout(command.Stack, command.Environment);
            if (await client.GetInstanceAsync(rollout, getInputsAndOutputs: true, cancellationToken) is { IsCompleted: false } instance)
            {
                return (rollout, instance.ReadInputAs<RolloutOrder>());
            }
        }

        return (null, await planner.OrderAsync(command.Tag, command.Stack, command.Environment, cancellationToken));
    }

    private async Task<Sha256Digest?> DigestAsync(RolloutOrder order, CancellationToken cancellationToken)
    {
        try
        {
            return (await rollouts.PlanAsync(order, cancellationToken)).Digest;
        }
        catch (Exception unread) when (unread is StackUnavailableException or StackRefusedException)
        {
            return null;
        }
    }
}
