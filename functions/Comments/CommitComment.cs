using Orchestrator.Core.Names;

namespace Orchestrator.Functions.Comments;

/// <summary>A comment that a person has made on a commit.</summary>
/// <param name="Id">Its id on GitHub.</param>
/// <param name="Repository">The repository.</param>
/// <param name="Commit">The commit.</param>
/// <param name="Login">Who made it, as GitHub knows them.</param>
/// <param name="At">When.</param>
/// <param name="Line">What its first line says, as far as it is looked at.</param>
public sealed record CommitComment(long Id, RepositoryName Repository, CommitSha Commit, string Login, DateTimeOffset At, string Line)
{
    /// <summary>What the ids of the orchestrations begin with that answer comments.</summary>
    public const string AnswerPrefix = "comment-";

    /// <summary>The id of the orchestration that answers it: each is answered once, however often it is heard of.</summary>
    public string Answer => $"{AnswerPrefix}{Id}";
}
