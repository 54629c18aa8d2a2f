using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Orchestrator.Functions.Settings;
using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Comments;

/// <summary>Takes what a comment says of a plan. It may run twice: what counted once is not counted again.</summary>
/// <param name="desk">Who takes it.</param>
/// <param name="settings">The stacks, and who may approve what there.</param>
/// <param name="store">Which strangers have been answered.</param>
public sealed class TakeComment(CommentDesk desk, OrchestratorSettings settings, IStateStore store)
{
    private const string Kind = "strangers-answered";

    /// <summary>The answer; null for who gets none.</summary>
    /// <exception cref="Octokit.ApiException">GitHub could not be asked for the release, or not now.</exception>
    [Function(nameof(TakeComment))]
    public async Task<string?> RunAsync([ActivityTrigger] CommitComment comment, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (settings.Topology.Stacks.SelectMany(stack => stack.Environments).Any(environment => environment.Approval?.OnGitHub(comment.Login) is not null))
        {
            return await desk.TakeAsync(client, comment, cancellationToken);
        }

        // A stranger gets one answer on a commit, and costs nothing else: whoever can comment could have us write without end.
        var key = $"{comment.Commit}_{comment.Login.ToUpperInvariant()}";
        var answered = await store.ChangeAsync<StrangerAnswered, StrangerAnswered>(Kind, key, before => (before ?? new(comment.Id), before ?? new(comment.Id)), cancellationToken);
        return answered.Comment == comment.Id ? $"this was not counted: {CommentDesk.NotOneOf(comment.Login)}." : null;
    }

    private sealed record StrangerAnswered(long Comment);
}
