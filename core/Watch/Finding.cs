using System.Text.Json.Serialization;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Core.Watch;

/// <summary>Something that is not as it was promoted, or does not move as it should.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Detail">What was expected and what was found.</param>
/// <param name="Since">When it was first seen.</param>
/// <param name="RepairRun">The run that repairs it; null when none was started.</param>
public sealed record Finding(FindingKind Kind, string Detail, DateTimeOffset Since, string? RepairRun = null)
{
    /// <summary>
    /// What is known now, given what was known before: the same kind of finding goes on since it was first seen, with the repair that
    /// was begun for it.
    /// </summary>
    public static Finding? Next(Finding? before, Finding? now) =>
        now is not null && before?.Kind == now.Kind ? now with { Since = before.Since, RepairRun = before.RepairRun } : now;
}

/// <summary>What kind of thing has been found.</summary>
[JsonConverter(typeof(WordJsonConverter<FindingKind>))]
public enum FindingKind
{
    /// <summary>Something else runs than what was promoted.</summary>
    Drift,

    /// <summary>What was promoted runs, and does not pass its verification any more.</summary>
    Unfit,

    /// <summary>It could not be looked at.</summary>
    Unknown,

    /// <summary>Work has not moved for longer than its limit.</summary>
    Stuck,
}

/// <summary>What follows when something else runs than what was promoted.</summary>
[JsonConverter(typeof(WordJsonConverter<DriftAction>))]
public enum DriftAction
{
    /// <summary>It is recorded and shown in health.</summary>
    Report,

    /// <summary>What was promoted is put back, once for each finding.</summary>
    Repair,
}
