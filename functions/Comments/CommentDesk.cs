using Microsoft.DurableTask.Client;
using Orchestrator.Core.Approvals;
using Orchestrator.Core.Names;
using Orchestrator.Functions.Decisions;
using Orchestrator.Functions.Plans;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Comments;

/// <summary>
/// Takes what people say of plans in comments on a release's commit. Who may is looked up by the login that GitHub vouches for, and
/// by nothing else; everybody who has asked for something gets an answer.
/// </summary>
/// <param name="planner">Who knows what is planned.</param>
/// <param name="rollouts">Who plans a rollout.</param>
/// <param name="decisions">Who takes decisions about what is under way.</param>
/// <param name="approvals">Who takes what is said before.</param>
/// <param name="comments">Where the answer goes.</param>
public sealed class CommentDesk(ReleasePlanner planner, RolloutPlanner rollouts, DecisionDesk decisions, ApprovalDesk approvals, CommitComments comments)
{
    /// <summary>What came of a comment that is meant for us, after it has been answered.</summary>
    /// <exception cref="Octokit.ApiException">GitHub could not be asked for the release, or not now.</exception>
    public async Task<string> AnswerAsync(DurableTaskClient client, CommitComment comment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(comment);
        var command = CommentCommand.Parse(comment.Body);
        var refusal = command is null ? $"expected {CommentCommand.Rule}; found something else" : await TakeAsync(client, comment, command, cancellationToken);
        var answer = refusal is not null ? $"this was not counted: {refusal}."
            : command!.Kind == Core.Rollouts.DecisionKind.Approve ? $"your approval of {command.Tag} in {command.Stack}/{command.Environment} has been counted."
            : $"{command.Tag} is not rolled out in {command.Stack}/{command.Environment}: you have rejected its plan.";
        await comments.SayAsync(comment.Repository, comment.Commit, $"@{comment.Login} {answer}");
        return $"{comment.Login}: {answer}";
    }

    // Why it does not count; null when it does.
    private async Task<string?> TakeAsync(DurableTaskClient client, CommitComment comment, CommentCommand command, CancellationToken cancellationToken)
    {
        if (await planner.OrderAsync(command.Tag, command.Stack, command.Environment, cancellationToken) is not { } order)
        {
            return $"expected a release and an environment that it is rolled out to, found {command.Tag} and {command.Stack}/{command.Environment}";
        }

        if (order.Candidate.Commit != comment.Commit)
        {
            return $"expected the comment on the commit of {command.Tag}, {order.Candidate.Commit}; found it on another";
        }

        if (order.Environment.Approval is not { } policy)
        {
            return $"expected an environment whose rollouts are approved, found that {command.Stack}/{command.Environment} asks nobody";
        }

        if (policy.OnGitHub(comment.Login) is not { } approver)
        {
            return $"expected one of those who may, {string.Join(", ", policy.Approvers.Where(one => one.GitHub is not null).Select(one => one.GitHub))}; found {comment.Login}";
        }

        var plan = (await rollouts.PlanAsync(order, cancellationToken)).Digest;
        if (!plan.Value.StartsWith(command.Plan, StringComparison.Ordinal))
        {
            return $"expected the plan as it is now, {plan.Value[..CommentCommand.LeastDigest]}; found {command.Plan}: look at the plan again";
        }

        return await SayAsync(client, order, new(command.Kind, approver.Name, command.Why, plan, Key: $"comment-{comment.Id}"), cancellationToken);
    }

    private async Task<string?> SayAsync(DurableTaskClient client, RolloutOrder order, Decision decision, CancellationToken cancellationToken)
    {
        var rollout = order.Candidate.Key.Rollout(order.Stack, order.Environment.Name);
        var answer = await client.GetInstanceAsync(rollout, cancellationToken) is { IsRunning: true }
            ? await decisions.DecideAsync(client, rollout, decision, cancellationToken)
            : await approvals.SayAsync(order, decision, cancellationToken);
        return answer.Detail;
    }
}
