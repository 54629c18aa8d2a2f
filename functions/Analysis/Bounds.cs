namespace Orchestrator.Functions.Analysis;

/// <summary>Between what and what a number lies: below the lower bound, or above the upper one, only with the probability that was asked for.</summary>
/// <param name="Lower">The lower bound.</param>
/// <param name="Upper">The upper bound.</param>
internal readonly record struct Bounds(double Lower, double Upper);
