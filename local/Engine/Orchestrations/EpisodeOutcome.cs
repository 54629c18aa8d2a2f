using Orchestrator.Engine.History;

namespace Orchestrator.Engine.Orchestrations;

/// <summary>What came of an episode.</summary>
/// <param name="Actions">What the code did, in order.</param>
/// <param name="CustomStatus">The status it now shows; null when it did not say.</param>
/// <param name="End">Its end; null while it goes on.</param>
internal sealed record EpisodeOutcome(IReadOnlyList<HistoryEvent> Actions, CustomStatus? CustomStatus, OrchestrationEnd? End);

/// <summary>A status that the code has set.</summary>
/// <param name="Data">The status as text; null clears it.</param>
internal sealed record CustomStatus(string? Data);

/// <summary>How an execution ended.</summary>
internal sealed record OrchestrationEnd(string? Output, Failure? Failure, bool Continues, IReadOnlyList<(string Name, string? Data)> KeptEvents)
{
    public static OrchestrationEnd Completed(string? output) => new(output, null, Continues: false, []);

    public static OrchestrationEnd Failed(Failure failure) => new(null, failure, Continues: false, []);

    public static OrchestrationEnd ContinuedAsNew(string? input, IReadOnlyList<(string, string?)> kept) => new(input, null, Continues: true, kept);
}
