using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Comments;

/// <summary>Takes a comment that is meant for us, and answers it: GitHub does not wait for that, and being down loses none.</summary>
public static class CommentAnswer
{
    /// <summary>What was answered; null for who gets no answer. Input is a <see cref="CommitComment"/>.</summary>
    [Function(nameof(CommentAnswer))]
    public static async Task<string?> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var comment = context.GetInput<CommitComment>()!;
        var answer = await context.CallActivityAsync<string?>(nameof(TakeComment), comment, Retries.ForReleases);
        if (answer is not null)
        {
            await context.CallActivityAsync(nameof(SayAnswer), new CommentReply(comment, answer), Retries.ForState);
        }

        return answer;
    }

    /// <summary>Begins to answer a comment, if that has not begun.</summary>
    internal static async Task BeginAsync(DurableTaskClient client, CommitComment comment, CancellationToken cancellationToken)
    {
        if (await client.GetInstanceAsync(comment.Answer, cancellationToken) is null)
        {
            await client.ScheduleOnceAsync(nameof(CommentAnswer), comment, comment.Answer, cancellationToken);
        }
    }
}

/// <summary>An answer to a comment.</summary>
/// <param name="Comment">The comment.</param>
/// <param name="Text">The answer.</param>
public sealed record CommentReply(CommitComment Comment, string Text);
