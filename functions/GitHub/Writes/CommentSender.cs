using Octokit;

namespace Orchestrator.Functions.GitHub.Writes;

/// <summary>Makes comments on commits.</summary>
/// <param name="gitHub">The way to GitHub.</param>
/// <param name="writer">The budget.</param>
public sealed class CommentSender(GitHubConnection gitHub, WriterStore writer)
{
    /// <summary>Whether it is made; false when the budget does not allow it now.</summary>
    /// <exception cref="ApiException">GitHub could not be told, or not now.</exception>
    public async Task<bool> SendAsync(CommentWrite write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (!await writer.MayWriteAsync(write, cancellationToken))
        {
            return false;
        }

        await gitHub.Octokit.Repository.Comment.Create(write.Repository.Owner, write.Repository.Name, write.Commit.Value, new NewCommitComment(write.Text));
        return true;
    }
}
