using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Rollouts.Activities;

/// <summary>Gives the candidate its share of the region's traffic and the baseline the rest.</summary>
/// <param name="apps">The regions' container apps.</param>
/// <param name="time">The clock, for the tag that says since when.</param>
public sealed class ShiftTraffic(ContainerApps apps, TimeProvider time)
{
    // Whoever wants to look at a candidate finds it under this name in every region: APP---candidate.DOMAIN.
    private const string CandidateLabel = "candidate";

    /// <summary>Why the traffic was not shifted; nothing when it was.</summary>
    [Function(nameof(ShiftTraffic))]
    public async Task<TrafficShift> RunAsync([ActivityTrigger] TrafficOrder order, CancellationToken cancellationToken)
    {
        var candidate = RevisionNames.Of(order.Region);
        try
        {
            var app = await apps.ReadAsync(order.Region.Target, cancellationToken);
            if (app is null)
            {
                return new($"expected container app {order.Region.Target.Region.App}, found none");
            }

            if (IsDone(order, app, candidate))
            {
                return new(Rejection: null);
            }

            await apps.SetTrafficAsync(order.Region.Target, Shares(order, candidate), TagsFor(order, app, candidate), cancellationToken);
            return new(Rejection: null);
        }
        catch (StackRefusedException refused)
        {
            return new(refused.Message);
        }
    }

    private static bool IsDone(TrafficOrder order, ContainerAppState app, string candidate) =>
        app.WeightOf(candidate) == order.Weight
        && app.WeightOf(order.Baseline.Revision) == 100 - order.Weight
        && (order.Weight == 100
            ? app.Tags.GetValueOrDefault(AppTags.Revision) == candidate
            : app.Traffic.Any(share => share.Revision == candidate && share.Label == CandidateLabel));

    private static TrafficShare[] Shares(TrafficOrder order, string candidate) =>
    [
        new(candidate, IsLatest: false, order.Weight, Label: order.Weight == 100 ? null : CandidateLabel),
        new(order.Baseline.Revision, IsLatest: false, 100 - order.Weight),
    ];

    // Tags are written whole: what others have put there stays.
    private Dictionary<string, string>? TagsFor(TrafficOrder order, ContainerAppState app, string candidate) => order.Weight < 100
        ? null
        : new(app.Tags)
        {
            [AppTags.Release] = order.Region.Candidate.Key.Tag.Value,
            [AppTags.Version] = order.Region.Candidate.Version,
            [AppTags.Revision] = candidate,
            [AppTags.Verdict] = "pass",
            [AppTags.Since] = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
        };
}

/// <summary>The order to shift traffic.</summary>
/// <param name="Region">Where and for which candidate.</param>
/// <param name="Baseline">Who gets the rest.</param>
/// <param name="Weight">The candidate's share, percent; 0 only gives it its label, 100 promotes it.</param>
public sealed record TrafficOrder(RegionOrder Region, Baseline Baseline, int Weight);

/// <summary>What came of shifting traffic.</summary>
/// <param name="Rejection">Why it was not shifted; null when it was.</param>
public sealed record TrafficShift(string? Rejection);
