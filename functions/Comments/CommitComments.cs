using Microsoft.Extensions.Logging;
using Octokit;
using Orchestrator.Core.Names;
using Orchestrator.Functions.GitHub;

namespace Orchestrator.Functions.Comments;

/// <summary>
/// Comments of our own on the commits of releases. Commits, because every release has one: reviews of deployments are only there
/// for those that GitHub's own workflows make, and an issue would have to be made first.
/// </summary>
/// <param name="gitHub">The way to GitHub.</param>
/// <param name="logger">The log.</param>
public sealed partial class CommitComments(GitHubConnection gitHub, ILogger<CommitComments> logger)
{
    /// <summary>Makes a comment; false when GitHub did not take it, or not now. What is said there can be had elsewhere too.</summary>
    public async Task<bool> TrySayAsync(RepositoryName repository, CommitSha commit, string text)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(commit);
        try
        {
            await gitHub.Octokit.Repository.Comment.Create(repository.Owner, repository.Name, commit.Value, new NewCommitComment(text));
            return true;
        }
        catch (Exception refused) when (refused is ApiException or HttpRequestException or TaskCanceledException)
        {
            LogNotSaid(commit.Value, refused.Message);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "GitHub took no comment on {Commit}: {Why}")]
    private partial void LogNotSaid(string commit, string why);
}
