using Orchestrator.Core.Analysis;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Analysis;

/// <summary>Measures candidate and baseline over the same window. Nothing that a source answers makes it throw: what could not be measured is said in its reading.</summary>
public interface IMeasurementProvider
{
    /// <summary>Which source it asks.</summary>
    MeasurementSource Source { get; }

    /// <summary>What both sides have shown since the window was opened.</summary>
    /// <param name="order">Whose, and since when.</param>
    /// <param name="before">The source's reading before, within the same window; null at its opening.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    Task<SourceReading> ReadAsync(MeasurementOrder order, SourceReading? before, CancellationToken cancellationToken);
}

/// <summary>Whom to measure, and over which window.</summary>
/// <param name="Region">The region and its policies.</param>
/// <param name="Candidate">The candidate.</param>
/// <param name="Baseline">The baseline; null where it has no traffic, so that there is nothing to compare with.</param>
/// <param name="Since">When the window was opened.</param>
/// <param name="Now">The end of the window.</param>
/// <param name="Observing">The candidate's observations, where they are being made anyway; null where not.</param>
public sealed record MeasurementOrder(
    RegionOrder Region,
    RevisionAddress Candidate,
    RevisionAddress? Baseline,
    DateTimeOffset Since,
    DateTimeOffset Now,
    Task<Observations>? Observing);

/// <summary>A revision and where it answers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Fqdn">Its own address without a scheme.</param>
/// <param name="Replicas">How many replicas answer there.</param>
public sealed record RevisionAddress(string Name, string Fqdn, int Replicas);

/// <summary>What a source has shown within a window. It travels from look to look.</summary>
/// <param name="Source">The source.</param>
/// <param name="Measurements">What was measured since the window was opened.</param>
/// <param name="Failure">Why it could not be measured now, or not of one side; null when it could.</param>
/// <param name="IsFresh">Whether the window is too young for anything to be there: then nothing is missing yet.</param>
/// <param name="Replicas">Each replica's counters, where the source has counters.</param>
public sealed record SourceReading(
    MeasurementSource Source,
    IReadOnlyList<Measurement> Measurements,
    string? Failure = null,
    bool IsFresh = false,
    ReplicaPair? Replicas = null);

/// <summary>Both sides' replicas.</summary>
/// <param name="Candidate">The candidate's.</param>
/// <param name="Baseline">The baseline's.</param>
public sealed record ReplicaPair(IReadOnlyList<ReplicaCounters> Candidate, IReadOnlyList<ReplicaCounters> Baseline);
