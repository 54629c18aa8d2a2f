using Microsoft.Azure.Functions.Worker;
using Orchestrator.Functions.GitHub.Writes;

namespace Orchestrator.Functions.Comments;

/// <summary>Has a comment answered on its commit.</summary>
/// <param name="record">The record in GitHub.</param>
/// <param name="time">The clock.</param>
public sealed class SayAnswer(GitHubRecord record, TimeProvider time)
{
    /// <summary>Puts the answer into the queue.</summary>
    [Function(nameof(SayAnswer))]
    public Task RunAsync([ActivityTrigger] CommentReply reply, CancellationToken cancellationToken) => record.AddAsync(
        new CommentWrite
        {
            Repository = reply.Comment.Repository,
            Since = time.GetUtcNow(),
            Name = reply.Comment.Answer,
            Commit = reply.Comment.Commit,
            Text = $"@{reply.Comment.Login} {reply.Text}",
        },
        cancellationToken);
}
