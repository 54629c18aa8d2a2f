using Orchestrator.Core.Names;

namespace Orchestrator.Functions.Comments;

/// <summary>A comment that a person has made on a commit.</summary>
/// <param name="Id">Its id on GitHub.</param>
/// <param name="Repository">The repository.</param>
/// <param name="Commit">The commit.</param>
/// <param name="Login">Who made it, as GitHub knows them.</param>
/// <param name="Body">What it says.</param>
public sealed record CommitComment(long Id, RepositoryName Repository, CommitSha Commit, string Login, string Body);
