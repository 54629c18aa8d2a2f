using Microsoft.DurableTask;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.Suites.Gates;

namespace Orchestrator.Functions.Suites;

/// <summary>
/// The gate that a candidate's models pass before they get traffic: candidate and baseline are asked the same at the same time, and
/// the candidate may not be worse than policy allows.
/// </summary>
internal static class QualityStage
{
    /// <summary>Whether there is anything to ask, and somebody to compare with.</summary>
    public static bool IsDue(RegionProgress progress) => Asked(progress.Order).Count > 0 && progress.Run is { Baseline: not null, Candidate: not null };

    public static async Task<bool> RunAsync(RegionProgress progress)
    {
        var (baseline, candidate) = (progress.Run.Baseline!, progress.Run.Candidate!);

        if (progress.Run.Step == RegionStep.Paused)
        {
            progress.MoveTo(RegionStep.Verifying);
        }

        var deadline = progress.Context.CurrentUtcDateTime + progress.Policy.Limits.ForSuite;
        foreach (var model in Asked(progress.Order))
        {
            progress.Say($"{model}: the suite is run");
            var shown = SuiteOf(progress, new(progress.Order, candidate, model, baseline.Revision, From: 0), deadline);
            var before = SuiteOf(progress, new(progress.Order, baseline.Revision, model, baseline.Revision, From: 0), deadline);
            await Task.WhenAll(shown, before);
            if (((await shown).Refusal ?? (await before).Refusal) is { } refusal)
            {
                return progress.Judge(Verdict.Error, $"{model}: the suite could not be run: {refusal}");
            }

            if (progress.Stop.HasCome || !await JudgeAsync(progress, model, (await shown).Scores!, (await before).Scores!))
            {
                return false;
            }
        }

        progress.Say(null);
        return true;
    }

    private static async Task<bool> JudgeAsync(RegionProgress progress, string model, SuiteScores shown, SuiteScores before)
    {
        var order = progress.Order;
        var entry = order.Models!.Entries.First(one => one.Name == model);
        var result = QualityGate.Judge(shown, before, order.Gate ?? GatePolicy.Default);
        await progress.CallAsync<object?>(
            nameof(KeepScores),
            new StoredScores(
                order.Candidate.Key.Tag,
                order.Target.Stack,
                order.Target.Environment,
                order.Target.Region.Name,
                model,
                entry.Identity,
                progress.Context.CurrentUtcDateTime,
                result.Verdict,
                shown,
                before,
                order.Candidate.Manifest,
                entry.ServerDigest),
            Retries.ForState);
        return progress.Judge(result.Verdict, $"{model}: {result.Summary()}");
    }

    // The models that the suite asks; none where policy says so, or where somebody goes back to what has run before.
    private static IReadOnlyList<string> Asked(RegionOrder order) => (order.Gate ?? GatePolicy.Default).When switch
    {
        _ when order.Models is null || order.Candidate.IsRollback => [],
        GateTrigger.Always => [.. order.Models.Entries.Select(entry => entry.Name)],
        GateTrigger.ModelChange => [.. order.Models.Changes.Select(change => change.Name)],
        _ => [],
    };

    private static async Task<(SuiteScores? Scores, string? Refusal)> SuiteOf(RegionProgress progress, SuiteOrder order, DateTimeOffset deadline)
    {
        var cases = new List<CaseScore>();
        while (true)
        {
            var slice = await progress.CallAsync<SuiteSlice>(nameof(RunSuite), order, Retries.ForReading);
            if (slice.Scores is not { } scores)
            {
                return (null, slice.Refusal);
            }

            cases.AddRange(scores.Cases);
            if (slice.Next >= slice.All || progress.Stop.HasCome)
            {
                return (scores with { Cases = cases }, null);
            }

            if (progress.Context.CurrentUtcDateTime > deadline)
            {
                return (null, $"it was not done in time: {slice.Next} of {slice.All} cases");
            }

            order = order with { From = slice.Next };
        }
    }
}
