using Orchestrator.Core.Problems;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Models;

/// <summary>
/// Tries the candidate's new servers of online endpoints with copies of users' requests, where policy says so, before anybody's answer
/// depends on them. What is stopped in the midst of it is ended with the servers themselves, when they are removed.
/// </summary>
internal static class MirrorStage
{
    public static async Task<bool> RunAsync(RegionProgress progress, ModelPlan plan)
    {
        // Who goes back goes back to what users' requests have met before.
        if (progress.Policy.Mirror is not { } mirror || progress.Order.Candidate.IsRollback)
        {
            return true;
        }

        var copied = new List<ModelOrder>();
        foreach (var order in plan.Changes.Where(change => change.Kind == ModelKind.Online).Select(change => new ModelOrder(progress.Order, change)))
        {
            if (await ChangeAsync(progress, nameof(BeginMirror), order) is not { } begun)
            {
                return false;
            }

            progress.Say($"{order.Change.Name}: {begun.NotCopied ?? $"{mirror.Percent}% of the requests are copied to {order.Change.Server} for {DurationText.Format(mirror.Hold)}"}");
            if (begun.NotCopied is null)
            {
                copied.Add(order);
            }
        }

        var since = progress.Context.CurrentUtcDateTime;
        return copied.Count == 0 || (await progress.Stop.LetPassAsync(mirror.Hold) && await JudgeAsync(progress, copied, new(since, progress.Context.CurrentUtcDateTime)));
    }

    private static async Task<bool> JudgeAsync(RegionProgress progress, IReadOnlyList<ModelOrder> copied, MirrorSpan span)
    {
        foreach (var order in copied)
        {
            if (await ChangeAsync(progress, nameof(EndMirror), order) is null)
            {
                return false;
            }
        }

        foreach (var order in copied)
        {
            var result = await progress.CallAsync<VerificationResult>(nameof(JudgeMirror), new MirrorLook(order, span), Retries.ForReading);
            var told = $"{order.Change.Name}: copied requests: {result.Summary()}";
            progress.Say(told);
            if (result.Verdict is Verdict.Fail or Verdict.Error)
            {
                return progress.Judge(result.Verdict, told);
            }
        }

        return true;
    }

    // Null, with the run judged, where the endpoint was not changed.
    private static async Task<MirrorState?> ChangeAsync(RegionProgress progress, string activity, ModelOrder order)
    {
        var state = await progress.CallWithinAsync<MirrorState>(activity, order, progress.Policy.Limits.Shift);
        if (state?.Refusal is not { } refusal)
        {
            return state;
        }

        progress.Judge(Verdict.Error, $"{order.Change.Name}: {refusal}");
        return null;
    }
}
