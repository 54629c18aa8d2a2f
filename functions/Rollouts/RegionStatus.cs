using Orchestrator.Core.Rollouts;

namespace Orchestrator.Functions.Rollouts;

/// <summary>What a region's run under way shows: its instance's custom status.</summary>
/// <param name="Run">Where it stands.</param>
/// <param name="Record">How it came there, oldest first: the last hundred steps.</param>
public sealed record RegionStatus(RegionRun Run, IReadOnlyList<StepRecord> Record);

/// <summary>A step that a region's run has taken.</summary>
/// <param name="Step">The step.</param>
/// <param name="At">When it began, by the orchestration's clock.</param>
/// <param name="Weight">The candidate's share of the traffic when the step was done, percent.</param>
public sealed record StepRecord(RegionStep Step, DateTimeOffset At, int Weight);
