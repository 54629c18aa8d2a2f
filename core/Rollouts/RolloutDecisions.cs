using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;

namespace Orchestrator.Core.Rollouts;

/// <summary>What follows from how the regions ended. Pure: workflows, pages and tests ask the same functions.</summary>
public static class RolloutDecisions
{
    // More names than these tell nobody more.
    private const int MostNamed = 5;

    /// <summary>What follows from a wave.</summary>
    /// <param name="earlier">The regions of the waves before.</param>
    /// <param name="wave">The regions of the wave that has just ended.</param>
    /// <param name="needed">How many of them have to be good.</param>
    /// <param name="scope">How far a failure reaches that stops the rollout.</param>
    public static WaveOutcome After(IReadOnlyList<RegionRun> earlier, IReadOnlyList<RegionRun> wave, int needed, RollbackScope scope)
    {
        var stops = Stops(wave, wave.Count, needed);
        var reached = (stops ? scope : RollbackScope.Region) switch
        {
            RollbackScope.Region => wave.Where(run => !IsGood(run)),
            RollbackScope.Wave => wave,
            _ => earlier.Concat(wave),
        };
        return new(stops, Promoted(reached));
    }

    /// <summary>What follows when somebody stops the rollout: everything that it has promoted goes back.</summary>
    public static WaveOutcome AfterStop(IEnumerable<RegionRun> regions) => new(Stops: true, Promoted(regions));

    /// <summary>
    /// Whether the regions that have ended leave too few that could still be good. A rollback that failed stops everything,
    /// whatever policy tolerates.
    /// </summary>
    /// <param name="ended">The regions of the wave that have ended.</param>
    /// <param name="all">How many regions the wave has.</param>
    /// <param name="needed">How many have to be good.</param>
    public static bool Stops(IReadOnlyCollection<RegionRun> ended, int all, int needed) =>
        ended.Any(run => run.Step == RegionStep.RollbackFailed) || ended.Count(run => !IsGood(run)) > all - needed;

    /// <summary>How the rollout of an environment ended.</summary>
    /// <param name="regions">How each region ended.</param>
    /// <param name="stopped">Whether it was stopped, by policy or by a person.</param>
    public static RunPhase EndOf(IReadOnlyCollection<RegionRun> regions, bool stopped) =>
        regions.Any(run => run.Step == RegionStep.RollbackFailed) ? RunPhase.Failed
        : stopped ? RunPhase.RolledBack
        : regions.All(IsGood) ? RunPhase.Succeeded
        : RunPhase.Partial;

    /// <summary>The worst verdict of the regions that have one.</summary>
    public static Verdict? VerdictOf(IEnumerable<RegionRun> regions) =>
        regions.Where(run => run.Verdict is not null).Select(run => run.Verdict).Max();

    /// <summary>The regions that spoilt the rollout, with their reasons, for people; null when there is none.</summary>
    public static string? ReasonOf(IEnumerable<RegionRun> regions)
    {
        var reasons = regions
            .Where(run => run.Verdict > Verdict.Pass || run.Step == RegionStep.RollbackFailed)
            .Select(run => $"{run.Region}: {run.Reason}")
            .ToArray();
        return reasons.Length == 0 ? null
            : reasons.Length > MostNamed ? $"{string.Join("; ", reasons.Take(MostNamed))}; and {reasons.Length - MostNamed} others"
            : string.Join("; ", reasons);
    }

    /// <summary>Why a promoted region is rolled back: its own failed bake, or the others that it goes back with.</summary>
    public static string WhyItGoesBack(RegionRun promoted, IEnumerable<RegionRun> regions)
    {
        var bad = regions.Where(run => !IsGood(run) && run.Step != RegionStep.Skipped).Select(run => run.Region).ToArray();
        return !IsGood(promoted) ? promoted.Reason ?? "did not pass its bake"
            : bad.Length > MostNamed ? $"fit itself, but went back with {string.Join(", ", bad.Take(MostNamed))} and {bad.Length - MostNamed} others"
            : bad.Length > 0 ? $"fit itself, but went back with {string.Join(", ", bad.AsEnumerable())}"
            : "fit itself, but the rollout was stopped";
    }

    /// <summary>The environments that follow one that did not succeed are skipped, and so are all behind them.</summary>
    public static bool MayBegin(RunPhase before) => before is RunPhase.Succeeded or RunPhase.Partial;

    /// <summary>Whether a region runs the release and has passed whatever it was asked.</summary>
    public static bool IsGood(RegionRun run) => run is { Step: RegionStep.Promoted, Verdict: Verdict.Pass };

    private static RegionRun[] Promoted(IEnumerable<RegionRun> regions) => [.. regions.Where(run => run.Step == RegionStep.Promoted).Reverse()];
}

/// <summary>What follows from a wave.</summary>
/// <param name="Stops">Whether the rollout ends here.</param>
/// <param name="Back">The promoted regions that go back to their baseline, last promoted first.</param>
public sealed record WaveOutcome(bool Stops, IReadOnlyList<RegionRun> Back);
