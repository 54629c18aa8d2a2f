namespace Orchestrator.Functions.Retention;

/// <summary>What a purge has done.</summary>
/// <param name="At">When it began.</param>
/// <param name="Releases">The release runs that were archived and purged.</param>
/// <param name="Rollouts">The rollouts that were archived.</param>
/// <param name="Instances">How many durable instances were purged.</param>
/// <param name="Kept">The release runs that are old enough and yet are kept.</param>
/// <param name="Deliveries">How many deliveries the ledger has forgotten.</param>
/// <param name="IsComplete">Whether nothing that is due is left.</param>
/// <param name="Problem">Why it was cut short; null when it was not.</param>
public sealed record PurgeReport(
    DateTimeOffset At,
    IReadOnlyList<string> Releases,
    IReadOnlyList<string> Rollouts,
    int Instances,
    IReadOnlyList<KeptRun> Kept,
    int Deliveries,
    bool IsComplete,
    string? Problem);

/// <summary>A release's run that is old enough and yet is kept.</summary>
/// <param name="Release">Its id.</param>
/// <param name="Why">Why.</param>
public sealed record KeptRun(string Release, string Why);

/// <summary>The last purge, as the store has it.</summary>
/// <param name="At">When it began.</param>
/// <param name="Releases">How many release runs were archived and purged.</param>
/// <param name="Instances">How many durable instances were purged.</param>
/// <param name="Deliveries">How many deliveries were forgotten.</param>
/// <param name="Kept">How many release runs are old enough and yet are kept.</param>
/// <param name="IsComplete">Whether nothing that was due was left.</param>
/// <param name="Problem">Why it was cut short; null when it was not.</param>
public sealed record LastPurge(DateTimeOffset At, int Releases, int Instances, int Deliveries, int Kept, bool IsComplete, string? Problem)
{
    internal static LastPurge Of(PurgeReport report) =>
        new(report.At, report.Releases.Count, report.Instances, report.Deliveries, report.Kept.Count, report.IsComplete, report.Problem);
}

/// <summary>A purge under way.</summary>
internal sealed class PurgeWork
{
    public List<string> Releases { get; } = [];

    public List<string> Rollouts { get; } = [];

    public List<KeptRun> Kept { get; } = [];

    public int Instances { get; set; }

    public int Deliveries { get; set; }

    public bool IsComplete { get; set; } = true;

    public string? Problem { get; set; }

    public PurgeReport Report(DateTimeOffset at) => new(at, Releases, Rollouts, Instances, Kept, Deliveries, IsComplete && Problem is null, Problem);
}
