using Orchestrator.Core.Approvals;
using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Approvals;

/// <summary>Makes what has been said of a release's plans fit into one entry of the store. What counts for the present plan always stays.</summary>
internal static class SaidOfPlans
{
    private const int ShortReason = 40;

    /// <summary>What is kept, oldest first; null when not even what counts fits.</summary>
    /// <param name="said">Everything that has been said, oldest first; the last is of the plan as it is now.</param>
    public static IReadOnlyList<Approval>? Fitting(IReadOnlyList<Approval> said)
    {
        var kept = said.ToList();
        Drop(kept, Overtaken(said).Contains);
        Shorten(kept, one => one with { Why = StateJson.Cut(one.Why, ShortReason) });

        // The plan may become again what it was: what was said of another one goes late, and what was said against it last.
        Drop(kept, one => one.Plan != said[^1].Plan && one.Says != ApprovalWord.Reject);
        Shorten(kept, one => one with { Why = null, Key = null });
        Drop(kept, one => one.Plan != said[^1].Plan);
        return StateJson.Fits(kept) ? kept : null;
    }

    private static void Drop(List<Approval> kept, Func<Approval, bool> which)
    {
        foreach (var one in kept.Where(which).ToArray())
        {
            if (StateJson.Fits(kept))
            {
                return;
            }

            kept.Remove(one);
        }
    }

    // Each person's last word of a plan counts, and no other.
    private static HashSet<Approval> Overtaken(IReadOnlyList<Approval> said)
    {
        var last = said
            .GroupBy(one => (By: one.By.ToUpperInvariant(), one.Plan))
            .Select(ApprovalDecisions.LastOf)
            .ToHashSet(ReferenceEqualityComparer.Instance);
        return said.Where(one => !last.Contains(one)).ToHashSet<Approval>(ReferenceEqualityComparer.Instance);
    }

    private static void Shorten(List<Approval> kept, Func<Approval, Approval> shorter)
    {
        for (var one = 0; one < kept.Count - 1 && !StateJson.Fits(kept); one++)
        {
            kept[one] = shorter(kept[one]);
        }
    }
}
