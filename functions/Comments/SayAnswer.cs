using Microsoft.Azure.Functions.Worker;

namespace Orchestrator.Functions.Comments;

/// <summary>Answers a comment on its commit.</summary>
/// <param name="comments">Comments of our own.</param>
public sealed class SayAnswer(CommitComments comments)
{
    /// <summary>Says it.</summary>
    /// <exception cref="InvalidOperationException">GitHub did not take it, or not now.</exception>
    [Function(nameof(SayAnswer))]
    public async Task RunAsync([ActivityTrigger] CommentReply reply)
    {
        if (!await comments.TrySayAsync(reply.Comment.Repository, reply.Comment.Commit, $"@{reply.Comment.Login} {reply.Text}"))
        {
            throw new InvalidOperationException("GitHub took no comment.");
        }
    }
}
