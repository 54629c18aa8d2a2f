using Orchestrator.Core.Names;

namespace Orchestrator.Core.Rollouts;

/// <summary>A person's order to begin nothing more. It is known by its time: who resumes names it.</summary>
/// <param name="At">When it was given.</param>
/// <param name="By">Who gave it.</param>
/// <param name="Why">Why; null when not said.</param>
public sealed record PauseOrder(DateTimeOffset At, string By, string? Why)
{
    /// <summary>The order in a sentence.</summary>
    public string Reason => Why is null ? $"paused by {By}" : $"paused by {By}: {Why}";
}

/// <summary>A person's order to go on after a pause.</summary>
/// <param name="Paused">The time of the pause that it ends.</param>
/// <param name="By">Who gave it.</param>
public sealed record ResumeOrder(DateTimeOffset Paused, string By);

/// <summary>A person's order not to wait for the end of a bake.</summary>
/// <param name="Wave">The wave: an order that comes late must not end the next one's bake.</param>
/// <param name="By">Who gave it.</param>
/// <param name="Why">Why.</param>
public sealed record SkipBakeOrder(WaveName Wave, string By, string Why);
