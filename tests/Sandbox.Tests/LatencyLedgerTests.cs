using Orchestrator.Sandbox.Latency;
using Orchestrator.Testing;

namespace Orchestrator.Sandbox.Tests;

public sealed class LatencyLedgerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly WatchedTime time = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_wait_ends_when_its_time_has_passed_and_is_remembered()
    {
        var ledger = new LatencyLedger(time, 0, 1);

        var waiting = ledger.WaitAsync("azure-public/eastus2", "ARM GET", Second, CancellationToken.None);

        waiting.IsCompleted.ShouldBeFalse();
        await time.PassAsync(Second);
        await waiting;
        ledger.Waits.ShouldBe([new("azure-public/eastus2", "ARM GET", time.GetUtcNow() - Second, time.GetUtcNow())]);
    }

    [Fact]
    public void What_takes_no_time_is_not_remembered()
    {
        var ledger = new LatencyLedger(time, 0.5, 1);

        ledger.WaitAsync("github", "GET", TimeSpan.Zero, CancellationToken.None).IsCompletedSuccessfully.ShouldBeTrue();

        ledger.Waits.ShouldBeEmpty();
    }

    [Fact]
    public void Latencies_vary_within_their_share_and_the_same_way_for_the_same_seed()
    {
        var one = Lengths(seed: 7);

        one.ShouldAllBe(length => length >= Second * 0.9 && length <= Second * 1.1);
        one.Distinct().Count().ShouldBeGreaterThan(40);
        Lengths(seed: 7).ShouldBe(one);
        Lengths(seed: 8).ShouldNotBe(one);
    }

    private TimeSpan[] Lengths(int seed)
    {
        var ledger = new LatencyLedger(time, 0.1, seed);
        return [.. Enumerable.Range(0, 50).Select(_ => ledger.Begin("github", "GET", Second) - time.GetUtcNow())];
    }
}
