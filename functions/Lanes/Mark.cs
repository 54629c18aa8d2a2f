namespace Orchestrator.Functions.Lanes;

/// <summary>Something that a person has set.</summary>
/// <param name="Subject">What it is about: a tag, or a scope.</param>
/// <param name="By">Who set it.</param>
/// <param name="Why">Why.</param>
/// <param name="At">When.</param>
public sealed record Mark(string Subject, string By, string Why, DateTimeOffset At);
