using System.Globalization;
using Orchestrator.Core.Lanes;
using Orchestrator.Core.Names;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Freezes;
using Orchestrator.Functions.Lanes;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.Tests.State;

/// <summary>A lane that more wait for than its entry in the store holds.</summary>
public sealed class FullLaneTests
{
    private static readonly LanePolicy Fifo = new(QueuePolicy.Fifo, RunningPolicy.Finish);

    private readonly LaneStore lanes;
    private readonly AskLane ask;

    public FullLaneTests()
    {
        var store = new MemoryStore();
        var settings = new OrchestratorSettings(
            new Topology(Identifier.Parse<RepositoryName>("contoso/assistant"), []),
            new GitHubSettings(new("https://api.github.example/"), "secret", "token", null),
            new Dictionary<StackName, string>(),
            new Dictionary<StackName, Uri>(),
            null,
            PlatformAuthenticates: false,
            []);
        lanes = new LaneStore(store);
        ask = new AskLane(lanes, new FreezeDesk(settings, store, TimeProvider.System));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_finds_no_place_waits_outside_and_comes_in_when_there_is_one()
    {
        for (var number = 0; number < 200; number++)
        {
            (await ask.RunAsync(Order(number), Token)).Place.ShouldBe(number == 0 ? LanePlace.Running : LanePlace.Waiting);
        }

        var full = await LaneAsync();
        (await ask.RunAsync(Order(199), Token)).Reason.ShouldBe("so many wait for the lane that there is no place behind them");
        (await LaneAsync()).Queue.Count.ShouldBe(full.Queue.Count);
        (await ask.RunAsync(Order(1), Token)).Reason.ShouldBe("v1.0.0 has the lane");

        await new LeaveLane(lanes, TimeProvider.System).RunAsync(new(Order(0), RunPhase.Succeeded, null), Token);
        (await ask.RunAsync(Order(1), Token)).Place.ShouldBe(LanePlace.Running);
        await ask.RunAsync(Order(199), Token);
        (await LaneAsync()).Queue[^1].Tag.Value.ShouldBe("v1.0.199");
    }

    [Fact]
    public async Task A_full_lane_takes_why_a_rollout_failed_and_who_goes_back()
    {
        for (var number = 0; number < 200; number++)
        {
            await ask.RunAsync(Order(number), Token);
        }

        await new LeaveLane(lanes, TimeProvider.System).RunAsync(new(Order(0), RunPhase.Failed, new string('错', 40_000), new string('留', 500)), Token);

        (await LaneAsync()).Halted.ShouldNotBeNull().ShouldStartWith("v1.0.0 failed and somebody has to look: 错错");
        var back = Order(0) with { Ticket = Order(0).Ticket with { Rollout = "back", IsRollback = true, AskedBy = "ada" } };
        (await ask.RunAsync(back, Token)).Place.ShouldBe(LanePlace.Waiting);
        (await LaneAsync()).Queue[0].Rollout.ShouldBe("back");
    }

    private Task<Lane> LaneAsync() => lanes.ReadAsync(Order(0).Stack, Order(0).Environment, Token);

    private static LaneOrder Order(int number) => new(
        Identifier.Parse<StackName>("cn-open"),
        Identifier.Parse<EnvironmentName>("production"),
        new(
            string.Create(CultureInfo.InvariantCulture, $"contoso.assistant@v1.0.{number}.1/cn-open/production"),
            Identifier.Parse<ReleaseTag>(string.Create(CultureInfo.InvariantCulture, $"v1.0.{number}")),
            string.Create(CultureInfo.InvariantCulture, $"1.0.{number}"),
            IsRollback: false,
            DateTimeOffset.UnixEpoch,
            Manifest: Sha256Digest.Of("the manifest"u8)),
        Fifo);
}
