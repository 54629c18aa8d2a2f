using Orchestrator.Core.Names;
using Orchestrator.Functions.GitHub.Writes;
using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Parity;

/// <summary>A stack's scores, to be an asset of the release. What is written is the sheet in the store when its turn comes.</summary>
public sealed record ScoreWrite : PendingWrite
{
    /// <summary>The release.</summary>
    public required ReleaseTag Tag { get; init; }

    /// <summary>The stack.</summary>
    public required StackName Stack { get; init; }

    /// <inheritdoc />
    public override string Key => $"scores.{StateKeys.Of(Tag)}.{Stack}";

    /// <inheritdoc />
    public override string About => "scores on releases";

    /// <inheritdoc />
    public override bool IsEnd => true;
}
