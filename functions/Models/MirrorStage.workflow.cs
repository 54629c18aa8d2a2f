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
            if (await progress.CallWithinAsync<MirrorState>(nameof(BeginMirror), order, progress.Policy.Limits.Shift) is not { } begun
                || (begun.Refusal is { } refusal && !progress.Judge(Verdict.Error, $"{order.Change.Name}: {refusal}")))
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
            if (await progress.CallWithinAsync<MirrorState>(nameof(EndMirror), order, progress.Policy.Limits.Shift) is not { } ended
                || (ended.Refusal is { } refusal && !progress.Judge(Verdict.Error, $"{order.Change.Name}: {refusal}")))
            {
                return false;
            }
        }

        foreach (var order in copied)
        {
            var result = await progress.CallAsync<VerificationResult>(nameof(JudgeMirror), new MirrorLook(order, span), Retries.ForReading);
            progress.Say($"{order.Change.Name}: copied requests: {result.Summary()}");
            if (result.Verdict is Verdict.Fail or Verdict.Error)
            {
                return progress.Judge(result.Verdict, $"{order.Change.Name}: copied requests: {result.Summary()}");
            }
        }

        return true;
    }
}
