using Orchestrator.Core.Names;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Tests.Rollouts;

public sealed class RolloutTimesTests
{
    private static readonly DateTimeOffset Began = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_people_are_waited_for_is_told_apart_and_counted_once()
    {
        RolloutEvent[] events =
        [
            Rollout(0, RolloutActivity.AwaitingApproval),
            Rollout(60, RolloutActivity.RollingOut),
            Region(60, "eastus", RegionStep.Deploying),
            Region(61, "westus3", RegionStep.Deploying),
            Region(70, "eastus", RegionStep.AwaitingPromotion),
            Region(80, "westus3", RegionStep.Paused),
            Region(90, "eastus", RegionStep.Promoting),
            Region(100, "westus3", RegionStep.Verifying),
        ];

        RolloutTimes.Of(events, Began, At(120)).ShouldBe(new(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(90)));
    }

    [Fact]
    public void A_wait_that_goes_on_counts_until_now() =>
        RolloutTimes.Of([Rollout(5, RolloutActivity.Paused)], Began, At(15)).ShouldBe(new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10)));

    private static RolloutEvent Rollout(int minute, RolloutActivity activity) => new(At(minute), null, activity, null, null, null);

    private static RolloutEvent Region(int minute, string region, RegionStep step) => new(At(minute), null, null, Identifier.Parse<RegionName>(region), step, null);

    private static DateTimeOffset At(int minute) => Began.AddMinutes(minute);
}
