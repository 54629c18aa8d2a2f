using Orchestrator.Core.Names;

namespace Orchestrator.Functions.GitHub.Writes;

/// <summary>A comment on a release's commit. People wait for it, so it goes with what tells of an end.</summary>
public sealed record CommentWrite : PendingWrite
{
    /// <summary>What it is: a comment of that name is made once while it waits.</summary>
    public required string Name { get; init; }

    /// <summary>The commit.</summary>
    public required CommitSha Commit { get; init; }

    /// <summary>The comment.</summary>
    public required string Text { get; init; }

    /// <inheritdoc />
    public override string Key => $"comment.{Name}";

    /// <inheritdoc />
    public override string About => "comments on commits";

    /// <inheritdoc />
    public override bool IsEnd => true;

    /// <inheritdoc />
    public override PendingWrite OvertakenBy(PendingWrite newer) => this;
}
