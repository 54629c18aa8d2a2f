using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Orchestrator.Engine;

/// <summary>How the engine runs.</summary>
public sealed record DurableEngineOptions
{
    /// <summary>The data folder; made when it does not exist. One process holds it at a time.</summary>
    public required string Folder { get; init; }

    /// <summary>The clock of timers and of orchestrations.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// The version that orchestrations are begun with; each keeps its own for life. Those of an older version are finished, those of
    /// a newer one are left alone until a build comes that knows it: Durable's <c>CurrentOrOlder</c>.
    /// </summary>
    public string DefaultVersion { get; init; } = string.Empty;

    /// <summary>How many activities run at once.</summary>
    public int MaxConcurrentActivities { get; init; } = 128;

    /// <summary>How many orchestrations stay in memory; the others are replayed from history when something happens to them.</summary>
    public int MaxResidentInstances { get; init; } = 2_000;

    /// <summary>
    /// Called when nothing is left to do before a durable timer comes due, with the time at which it does: a simulated clock may go
    /// there at once. Not on the caller's time: it must return quickly. It may be called more than once for the same time.
    /// </summary>
    public Action<DateTimeOffset>? Idle { get; init; }

    /// <summary>Forgets every orchestration after each episode, so that replay is all that is left. For tests.</summary>
    public bool ReplayEveryEpisode { get; init; }

    /// <summary>Where the engine and replay-safe loggers write.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
