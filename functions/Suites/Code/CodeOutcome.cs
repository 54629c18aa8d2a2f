namespace Orchestrator.Functions.Suites.Code;

/// <summary>What running an answer's code came to.</summary>
/// <param name="IsPassed">Whether every check got what it expected.</param>
/// <param name="Detail">Why not, in a sentence.</param>
public sealed record CodeOutcome(bool IsPassed, string Detail);
