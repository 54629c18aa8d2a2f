using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;

namespace Orchestrator.Core.Rollouts;

/// <summary>What follows from how the regions ended. Pure: workflows, pages and tests ask the same functions.</summary>
public static class RolloutDecisions
{
    /// <summary>
    /// The promoted regions that go back to their baseline after a wave, in reverse order of promotion; null when the wave
    /// succeeded and the rollout goes on.
    /// </summary>
    /// <param name="earlier">The regions of the waves before, all promoted.</param>
    /// <param name="wave">The regions of the wave that has just ended.</param>
    /// <param name="scope">How far a failure reaches.</param>
    public static IReadOnlyList<RegionRun>? RollBackAfter(
        IReadOnlyList<RegionRun> earlier,
        IReadOnlyList<RegionRun> wave,
        RollbackScope scope)
    {
        if (wave.All(IsGood))
        {
            return null;
        }

        var reached = scope switch
        {
            RollbackScope.Region => wave.Where(run => !IsGood(run)),
            RollbackScope.Wave => wave,
            _ => earlier.Concat(wave),
        };
        return [.. reached.Where(run => run.Step == RegionStep.Promoted).Reverse()];
    }

    /// <summary>How the rollout of an environment ended.</summary>
    public static RunPhase EndOf(IEnumerable<RegionRun> regions)
    {
        var all = regions.ToArray();
        return all.Any(run => run.Step == RegionStep.RollbackFailed) ? RunPhase.Failed
            : all.All(IsGood) ? RunPhase.Succeeded
            : RunPhase.RolledBack;
    }

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
        return reasons.Length == 0 ? null : string.Join("; ", reasons);
    }

    /// <summary>Why a promoted region is rolled back: its own failed bake, or the others that it goes back with.</summary>
    public static string WhyItGoesBack(RegionRun promoted, IEnumerable<RegionRun> regions) => IsGood(promoted)
        ? $"fit itself, but went back with {string.Join(", ", regions.Where(run => !IsGood(run)).Select(run => run.Region))}"
        : promoted.Reason ?? "did not pass its bake";

    /// <summary>The environments that follow one that did not succeed are skipped, and so are all behind them.</summary>
    public static bool MayBegin(RunPhase before) => before == RunPhase.Succeeded;

    private static bool IsGood(RegionRun run) => run is { Step: RegionStep.Promoted, Verdict: Verdict.Pass };
}
