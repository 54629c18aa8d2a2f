using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Deliveries;
using Orchestrator.Functions.State;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox.GitHub.Hooks;

namespace Orchestrator.EndToEnd.Tests.Deliveries;

/// <summary>Every delivery is recorded, and none does anything twice.</summary>
public sealed class LedgerTests
{
    private static readonly string[] Versions = ["1.1.0", "1.2.0", "1.3.0"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_delivery_is_recorded_with_its_digest_and_verdict_and_health_shows_the_last()
    {
        await using var world = await LedgerWorld.StartAsync();
        world.Publish("1.1.0");
        await world.SentAsync();

        foreach (var sent in world.GitHub.Deliveries())
        {
            var entry = await world.RecordedAsync(sent.DeliveryId);
            entry.ShouldSatisfyAllConditions(
                () => entry.Facts.Event.ShouldBe("release"),
                () => entry.Facts.Action.ShouldBe(sent.Action),
                () => entry.Facts.Tag!.Value.ShouldBe("v1.1.0"),
                () => entry.Facts.Body.Value.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(sent.Payload))),
                () => entry.Verdict.ShouldBe(sent.Action is "published" or "released" ? DeliveryVerdict.Started : DeliveryVerdict.Ignored),
                () => entry.Run.ShouldBe(sent.Action is "published" or "released" ? LedgerWorld.RunOf("1.1.0") : null),
                () => entry.Source.ShouldBe(DeliverySource.Webhook));
        }

        var health = await world.HealthAsync();
        health.Status.ShouldBe("Healthy");
        health.Data("lastDelivery").GetProperty("delivery").GetProperty("facts").GetProperty("event").GetString().ShouldBe("release");
        health.Description("gaps").ShouldBe("none");
    }

    [Fact]
    public async Task What_github_has_not_signed_is_not_recorded()
    {
        await using var world = await LedgerWorld.StartAsync();

        (await world.SendAsync("release", """{"action":"published"}""", Guid.NewGuid(), "another secret")).ShouldBe(401);
        (await world.SendAsync("push", "{}", Guid.NewGuid(), SandboxStacks.WebhookSecret)).ShouldBe(200);

        var entry = (await world.Host.Services.GetRequiredService<IStateStore>().ListAsync("deliveries", Token)).ShouldHaveSingleItem();
        entry.Json.ShouldContain("push");
    }

    [Fact]
    public async Task A_store_that_is_down_changes_no_answer_and_the_next_sweep_records_what_it_missed()
    {
        await using var world = await LedgerWorld.StartAsync();
        world.Down = new HashSet<string> { "deliveries" };
        world.Publish("1.1.0");
        await world.SentAsync();

        var published = world.GitHub.Deliveries().Single(delivery => delivery.Action == "published");
        published.StatusCode.ShouldBe(202);
        (await world.EndAsync("1.1.0")).Phase.ShouldBe(RunPhase.Succeeded);
        world.Down = new HashSet<string>();
        (await world.Ledger.FindAsync(published.DeliveryId.ToString(), Token)).ShouldBeNull();

        (await world.SweepAsync()).Gaps.ShouldContain(gap => gap.Delivery == published.DeliveryId.ToString() && gap.Why == "OK");
        var entry = (await world.Ledger.FindAsync(published.DeliveryId.ToString(), Token)).ShouldNotBeNull();
        (entry.Verdict, entry.Run).ShouldBe((DeliveryVerdict.Started, LedgerWorld.RunOf("1.1.0")));
        (await world.RunsAsync("release-")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_thousand_duplicated_and_shuffled_deliveries_start_one_rollout_for_each_release_and_stack()
    {
        await using var world = await LedgerWorld.PrepareAsync();
        world.GitHub.AddHook(DemoStacks.Repository.Value, new("http://127.0.0.1:9/"), SandboxStacks.WebhookSecret);
        foreach (var version in Versions)
        {
            world.Publish(version);
        }

        await world.SentAsync();
        var deliveries = world.GitHub.Deliveries();
        await world.StartAppAsync();
        var shuffled = Enumerable.Range(0, 1_000).Select(number => deliveries[number % deliveries.Count]).ToArray();
        new Random(20261124).Shuffle(shuffled);

        await Parallel.ForEachAsync(shuffled, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Token }, async (delivery, _) =>
            (await world.SendAsync(delivery)).ShouldBe(delivery.Action is "published" or "released" ? 202 : 200));

        foreach (var version in Versions)
        {
            (await world.EndAsync(version)).Phase.IsTerminal().ShouldBeTrue();
        }

        (await world.RunsAsync("release-")).ShouldBe(Versions.Select(version => LedgerWorld.RunOf(version)), ignoreOrder: true);
        (await world.RunsAsync("stack-")).Count.ShouldBe(Versions.Length * DemoStacks.Names.Count);
        (await world.RunsAsync("rollout-")).ShouldBeUnique();
        foreach (var sent in shuffled.GroupBy(delivery => delivery.DeliveryId))
        {
            (await world.RecordedAsync(sent.Key, sent.Count())).Times.ShouldBe(sent.Count());
        }
    }
}
