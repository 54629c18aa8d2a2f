namespace Orchestrator.Functions.Settings;

/// <summary>How long what has ended is kept.</summary>
/// <param name="Runs">The runs of a release after their end; their records are kept for good.</param>
/// <param name="Deliveries">A delivery in the ledger after it last came.</param>
public sealed record RetentionPolicy(TimeSpan Runs, TimeSpan Deliveries)
{
    /// <summary>Runs for a quarter of a year, deliveries for a month.</summary>
    public static RetentionPolicy Default { get; } = new(TimeSpan.FromDays(90), TimeSpan.FromDays(30));
}
