namespace Orchestrator.Core.Rollouts;

/// <summary>A person's decision about a rollout, as it is kept.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Kind">What.</param>
/// <param name="Why">Why; null when not said.</param>
/// <param name="Told">The regions that were told, or the run that it began.</param>
/// <param name="Key">The caller's own name for the request; null when it had none.</param>
public sealed record DecisionRecord(DateTimeOffset At, string By, DecisionKind Kind, string? Why, IReadOnlyList<string> Told, string? Key = null);
