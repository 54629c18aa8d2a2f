using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Rollouts.Activities;

namespace Orchestrator.Functions.Rollouts;

/// <summary>Gives the candidate its share of a region's traffic, within the limit that policy sets.</summary>
internal static class TrafficShifting
{
    public static async Task<bool> RunAsync(RegionProgress progress, Baseline baseline, int weight)
    {
        var order = new TrafficOrder(progress.Order, baseline, weight);
        return await progress.CallWithinAsync<TrafficShift>(nameof(ShiftTraffic), order, progress.Policy.Limits.Shift) is { } shift
            && (shift.Rejection is null || progress.Judge(Verdict.Error, shift.Rejection));
    }
}
