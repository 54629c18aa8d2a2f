using System.Text.Json.Serialization;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Core.Rollouts;

/// <summary>Where a rollout, a stack's run or a release's run stands; the ended phases from best to worst.</summary>
[JsonConverter(typeof(WordJsonConverter<RunPhase>))]
public enum RunPhase
{
    /// <summary>Accepted, not begun.</summary>
    Pending,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>Every region runs the release.</summary>
    Succeeded,

    /// <summary>As many regions run the release as policy demands; the others are at their baseline.</summary>
    Partial,

    /// <summary>A newer release has taken its place: it was not begun, or was rolled back to make room.</summary>
    Superseded,

    /// <summary>Not begun: something before it did not succeed, or a rule keeps it out.</summary>
    Skipped,

    /// <summary>Did not succeed, and every region that policy rolls back is at its baseline again.</summary>
    RolledBack,

    /// <summary>Could not be carried out, or could not be undone: somebody has to look.</summary>
    Failed,
}

/// <summary>Rules about phases.</summary>
public static class RunPhases
{
    /// <summary>Whether the run has ended.</summary>
    public static bool IsTerminal(this RunPhase phase) => phase > RunPhase.Running;

    /// <summary>The end of a whole is the worst end of its parts; of no parts, it is a success.</summary>
    public static RunPhase Worst(this IEnumerable<RunPhase> phases) => phases.DefaultIfEmpty(RunPhase.Succeeded).Max();
}
