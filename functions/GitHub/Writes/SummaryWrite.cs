using Orchestrator.Core.Names;

namespace Orchestrator.Functions.GitHub.Writes;

/// <summary>How a release's run ended, written onto the release: a section for each stack.</summary>
public sealed record SummaryWrite : PendingWrite
{
    /// <summary>The release's run.</summary>
    public required string Run { get; init; }

    /// <summary>The release.</summary>
    public required ReleaseTag Tag { get; init; }

    /// <summary>What is said of each stack.</summary>
    public required IReadOnlyDictionary<StackName, string> Sections { get; init; }

    /// <inheritdoc />
    public override string Key => $"summary.{Run}";

    /// <inheritdoc />
    public override string About => "summaries on releases";

    /// <inheritdoc />
    public override bool IsEnd => true;

    /// <inheritdoc />
    public override TimeSpan Patience => TimeSpan.Zero;
}
