using Orchestrator.Core.Names;
using Orchestrator.Functions.GitHub.Writes;
using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Parity;

/// <summary>How a release's stacks compare, written onto the release.</summary>
public sealed record ParityWrite : PendingWrite
{
    /// <summary>The release.</summary>
    public required ReleaseTag Tag { get; init; }

    /// <summary>What is said, in Markdown.</summary>
    public required string Text { get; init; }

    /// <inheritdoc />
    public override string Key => $"parity.{StateKeys.Of(Tag)}";

    /// <inheritdoc />
    public override string About => "parity on releases";

    /// <inheritdoc />
    public override bool IsEnd => true;

    /// <inheritdoc />
    public override TimeSpan Patience => TimeSpan.Zero;
}
