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
        foreach (var one in Overtaken(said))
        {
            if (StateJson.Fits(kept))
            {
                return kept;
            }

            kept.Remove(one);
        }

        Shorten(kept, one => one with { Why = one.Why is null ? null : StateJson.Cut(one.Why, ShortReason) });

        // The plan may become again what it was: what was said of another one goes late.
        foreach (var one in kept.Where(one => one.Plan != said[^1].Plan).ToArray())
        {
            if (StateJson.Fits(kept))
            {
                return kept;
            }

            kept.Remove(one);
        }

        Shorten(kept, one => one with { Why = null, Key = null });
        return StateJson.Fits(kept) ? kept : null;
    }

    // Each person's last word of a plan counts, and no other.
    private static IEnumerable<Approval> Overtaken(IReadOnlyList<Approval> said)
    {
        var last = said
            .GroupBy(one => (By: one.By.ToUpperInvariant(), one.Plan))
            .Select(person => person.OrderBy(one => one.At).Last())
            .ToHashSet(ReferenceEqualityComparer.Instance);
        return said.Where(one => !last.Contains(one));
    }

    private static void Shorten(List<Approval> kept, Func<Approval, Approval> shorter)
    {
        for (var one = 0; one < kept.Count - 1 && !StateJson.Fits(kept); one++)
        {
            kept[one] = shorter(kept[one]);
        }
    }
}
