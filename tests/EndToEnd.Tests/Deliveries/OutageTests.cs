using Orchestrator.Core.Rollouts;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox.GitHub;

namespace Orchestrator.EndToEnd.Tests.Deliveries;

/// <summary>An hour without the function app, and one without GitHub: no release is lost.</summary>
public sealed class OutageTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task What_is_released_while_the_function_app_is_down_is_rolled_out_when_it_is_back()
    {
        await using var world = await LedgerWorld.StartAsync();
        world.Publish("1.1.0");
        await world.SentAsync();
        (await world.EndAsync("1.1.0")).Phase.ShouldBe(RunPhase.Succeeded);

        var heard = world.GitHub.Deliveries().Count;
        await world.StopAppAsync();
        foreach (var version in new[] { "1.2.0", "1.3.0", "1.4.0" })
        {
            world.Publish(version);
            world.Time.Advance(Hour / 3);
        }

        await world.SentAsync();
        world.GitHub.Deliveries().Skip(heard).ShouldAllBe(delivery => delivery.StatusCode == 0);
        await world.StartAppAsync();
        await world.SweepAsync();

        (await world.RunsAsync("release-")).ShouldBe(new[] { "1.1.0", "1.2.0", "1.3.0", "1.4.0" }.Select(version => LedgerWorld.RunOf(version)), ignoreOrder: true);
        foreach (var version in new[] { "1.2.0", "1.3.0" })
        {
            (await world.EndAsync(version)).Phase.ShouldBeOneOf([RunPhase.Succeeded, RunPhase.Superseded, RunPhase.Skipped], "unless a newer one was quicker");
        }

        (await world.EndAsync("1.4.0")).Phase.ShouldBe(RunPhase.Succeeded);
        Serving(world).ShouldAllBe(version => version == "1.4.0");
    }

    [Fact]
    public async Task What_is_released_around_an_hour_without_github_is_rolled_out_when_it_is_back()
    {
        await using var world = await LedgerWorld.StartAsync();
        world.GitHub.Fault = GitHubFault.Outage;
        var begun = world.Time.GetUtcNow();
        await using var over = world.Time.CreateTimer(_ => world.GitHub.Fault = null, null, Hour, Timeout.InfiniteTimeSpan);

        // The first one's webhook has come, and the release cannot be read; the second one's was never even tried.
        world.Publish("1.1.0");
        world.Publish("1.2.0", GitHubFault.LosesWebhooks);
        await world.SentAsync();

        (await world.EndAsync("1.1.0")).Phase.ShouldBe(RunPhase.Succeeded);
        world.Time.GetUtcNow().ShouldBeGreaterThanOrEqualTo(begun + Hour);
        await world.SweepAsync();
        (await world.EndAsync("1.2.0")).Phase.ShouldBe(RunPhase.Succeeded);
        Serving(world).ShouldAllBe(version => version == "1.2.0");
    }

    private static IEnumerable<string?> Serving(LedgerWorld world) => DemoStacks.Names.SelectMany(stack =>
        world.Sandbox.Clouds[SandboxStacks.CloudOf(stack)].Apps().Select(app => app.Revisions.Single(revision => revision.Weight == 100).Version));
}
