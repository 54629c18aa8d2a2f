using Microsoft.DurableTask;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Analysis;

namespace Orchestrator.Functions.Rollouts;

/// <summary>
/// Watches a wave that has been promoted: against its limits all the while, and by a verification of every region at the end, as a
/// bake that nobody looks at would be only a delay.
/// </summary>
internal sealed class WaveBake(TaskOrchestrationContext context, RolloutOrder order, WaveDefinition wave, StopSignal stop)
{
    private readonly BakeSkip skip = new(context, wave.Name);

    /// <summary>How the wave's regions stand at the end of the bake, in their order.</summary>
    /// <param name="promoted">How they stand at its beginning.</param>
    public async Task<IReadOnlyList<RegionRun>> RunAsync(IReadOnlyList<RegionRun> promoted)
    {
        var until = context.CurrentUtcDateTime + wave.Bake;
        var runs = promoted.ToArray();
        var analyses = wave.Regions.Zip(runs, (region, run) => new RegionAnalysis(context, order.For(region), run.Looks)).ToArray();
        if (order.Environment.Analysis.HasLimits)
        {
            await Task.WhenAll(analyses.Zip(runs, (analysis, run) => run.Baseline is { } baseline ? analysis.OpenAsync(baseline) : Task.CompletedTask));
            if (!await WatchAsync(runs, analyses, until))
            {
                return runs;
            }
        }

        return await stop.LetPassAsync(until - context.CurrentUtcDateTime, skip.Coming)
            ? await Task.WhenAll(wave.Regions.Zip(runs, VerifyAsync))
            : runs;
    }

    // Whether the bake goes on to its end.
    private async Task<bool> WatchAsync(RegionRun[] runs, RegionAnalysis[] analyses, DateTimeOffset until)
    {
        var every = RegionAnalysis.Pace(order.Environment.Analysis, wave.Bake);
        while (context.CurrentUtcDateTime + every < until && !skip.HasCome)
        {
            if (!await stop.LetPassAsync(every, skip.Coming))
            {
                return false;
            }

            var good = Enumerable.Range(0, runs.Length).Where(index => RolloutDecisions.IsGood(runs[index])).ToArray();
            var looks = await Task.WhenAll(good.Select(index => analyses[index].LookAsync(LookKind.LimitsOnly)));
            var bad = good.Zip(looks).Where(look => look.Second is { Verdict: Verdict.Fail }).ToArray();
            foreach (var (index, result) in bad)
            {
                runs[index] = runs[index].Judged(result!);
            }

            if (RolloutDecisions.Stops(runs, wave.Regions.Count, wave.Needed))
            {
                return false;
            }

            await Task.WhenAll(bad.Select(async look => runs[look.First] = await RegionRuns.GoBackAsync(context, order, runs[look.First], runs)));
            if (RolloutDecisions.Stops(runs, wave.Regions.Count, wave.Needed))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<RegionRun> VerifyAsync(RegionDefinition region, RegionRun run)
    {
        if (!RolloutDecisions.IsGood(run))
        {
            return run;
        }

        try
        {
            // The baseline has no traffic any more: there is nothing to compare with.
            return run.Judged(await CandidateVerification.RunAsync(context, order.For(region), stop, new(context, order.For(region))));
        }
        catch (TaskFailedException failure)
        {
            return run.Judged(Verdict.Error, failure.FailureDetails.ErrorMessage);
        }
    }
}
