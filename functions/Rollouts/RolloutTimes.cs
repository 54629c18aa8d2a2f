using System.Text.Json.Serialization;
using Orchestrator.Core.Problems;
using Orchestrator.Core.Rollouts;

namespace Orchestrator.Functions.Rollouts;

/// <summary>How long a rollout took, and how much of that it stood still because people had to decide.</summary>
/// <param name="Working">Without waiting for people.</param>
/// <param name="WaitingForPeople">While its plan was to be approved, it was paused, or one of its regions waited for a decision.</param>
public sealed record RolloutTimes(
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan Working,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan WaitingForPeople)
{
    /// <summary>The times that follow from what happened.</summary>
    /// <param name="events">What happened, in order.</param>
    /// <param name="began">When the rollout began.</param>
    /// <param name="until">When it ended, or now.</param>
    public static RolloutTimes Of(IReadOnlyList<RolloutEvent> events, DateTimeOffset began, DateTimeOffset until)
    {
        var waits = events.GroupBy(happened => happened.Region).SelectMany(one => Waits([.. one], until)).OrderBy(wait => wait.From);
        var (waited, reached) = (TimeSpan.Zero, DateTimeOffset.MinValue);
        foreach (var (from, to) in waits)
        {
            // Regions that wait at once are waited for once.
            var start = from > reached ? from : reached;
            if (to > start)
            {
                waited += to - start;
                reached = to;
            }
        }

        return new(until - began - waited, waited);
    }

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Waits(RolloutEvent[] events, DateTimeOffset until) =>
        events.Zip(events.Skip(1).Select(next => next.At).Append(until)).Where(pair => WaitsForPeople(pair.First)).Select(pair => (pair.First.At, pair.Second));

    private static bool WaitsForPeople(RolloutEvent happened) =>
        happened.Activity is RolloutActivity.AwaitingApproval or RolloutActivity.Paused || happened.Step?.AwaitsDecision() == true;
}
