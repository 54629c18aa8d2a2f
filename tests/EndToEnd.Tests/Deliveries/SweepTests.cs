using System.Security.Cryptography;
using Octokit;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Deliveries;
using Orchestrator.Functions.Settings;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox.GitHub;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests.Deliveries;

/// <summary>What is done about webhooks that never came.</summary>
public sealed class SweepTests
{
    [Fact]
    public async Task A_release_whose_webhooks_failed_is_started_once_and_shown_as_a_gap()
    {
        await using var world = await LedgerWorld.StartAsync();
        world.Publish("1.1.0", GitHubFault.DropsWebhooks);

        var swept = await world.SweepAsync();
        (await world.EndAsync("1.1.0")).Phase.ShouldBe(RunPhase.Succeeded);
        var again = await world.SweepAsync();

        swept.Problem.ShouldBeNull();
        swept.Limit.ShouldBeNull();
        swept.Gaps.Select(gap => (gap.Action, gap.Verdict, gap.Why)).ShouldBe(
        [
            ("created", DeliveryVerdict.Ignored, "failed to connect to host"),
            ("published", DeliveryVerdict.Started, "failed to connect to host"),
            ("released", DeliveryVerdict.Started, "failed to connect to host"),
        ]);
        again.Gaps.ShouldBe(swept.Gaps);
        (await world.RunsAsync("release-")).ShouldBe([LedgerWorld.RunOf("1.1.0")]);
        var published = world.GitHub.Deliveries()[1];
        (await world.Ledger.FindAsync(published.DeliveryId.ToString(), TestContext.Current.CancellationToken)).ShouldNotBeNull().Source.ShouldBe(DeliverySource.Sweep);
        var health = await world.HealthAsync();
        health.Status.ShouldBe("Healthy");
        health.Description("lastSweep").ShouldBe("complete");
        health.Description("gaps").ShouldBe("3 found, 0 not closed yet");
        health.Data("gaps").GetProperty("found")[1].GetProperty("run").GetString().ShouldBe(LedgerWorld.RunOf("1.1.0"));
    }

    [Fact]
    public async Task An_app_looks_at_the_deliveries_of_its_own_webhook()
    {
        using var key = RSA.Create(2048);
        await using var world = await LedgerWorld.PrepareAsync(
            gitHub => gitHub with { App = new("42", 77, key.ExportSubjectPublicKeyInfoPem()) },
            new Dictionary<string, string?> { [SettingNames.GitHubToken] = null, [SettingNames.GitHubAppId] = "42", [SettingNames.GitHubPrivateKey] = key.ExportRSAPrivateKeyPem() });
        await world.StartAppAsync();
        world.GitHub.SetAppHook(world.Webhooks, "another secret than the function app has");
        world.Publish("1.1.0");
        await world.SentAsync();

        var swept = await world.SweepAsync();

        swept.Problem.ShouldBeNull();
        swept.Gaps.Select(gap => (gap.Action, gap.Verdict, gap.Why)).ShouldContain(("published", DeliveryVerdict.Started, "Invalid HTTP Response: 401"));
        (await world.EndAsync("1.1.0")).Phase.ShouldBe(RunPhase.Succeeded);
    }

    [Fact]
    public async Task Where_deliveries_may_not_be_listed_the_releases_are_and_health_says_so()
    {
        await using var world = await LedgerWorld.StartAsync(gitHub => gitHub with { TokenReachesHooks = false });
        world.Publish("1.1.0", GitHubFault.LosesWebhooks);

        var gap = (await world.SweepAsync()).Gaps.ShouldHaveSingleItem();

        gap.ShouldSatisfyAllConditions(
            () => gap.Delivery.ShouldBeNull(),
            () => gap.Tag!.Value.ShouldBe("v1.1.0"),
            () => gap.Run.ShouldBe(LedgerWorld.RunOf("1.1.0")));
        (await world.EndAsync("1.1.0")).Phase.ShouldBe(RunPhase.Succeeded);
        var health = await world.HealthAsync();
        health.Status.ShouldBe("Healthy");
        health.Data("lastSweep").GetProperty("limit").GetString().ShouldNotBeNull().ShouldContain("may not list the webhooks");
    }

    [Fact]
    public async Task What_was_released_before_the_first_start_is_left_alone()
    {
        await using var world = await LedgerWorld.PrepareAsync();
        world.Publish("1.1.0");
        world.Time.Advance(TimeSpan.FromMinutes(5));
        await world.StartAppAsync();
        world.Time.Advance(TimeSpan.FromMinutes(10));

        (await world.SweepAsync()).Gaps.ShouldBeEmpty();

        (await world.RunsAsync(string.Empty)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Drafts_and_prereleases_start_nothing_but_a_prerelease_that_becomes_a_release_does()
    {
        await using var world = await LedgerWorld.StartAsync();
        var (owner, name) = (DemoStacks.Repository.Owner, DemoStacks.Repository.Name);
        var early = world.Publish("1.1.0", prerelease: true);
        world.Publish("1.2.0", GitHubFault.LosesWebhooks, prerelease: true);
        await world.Octokit.Repository.Release.Create(owner, name, new NewRelease("v1.3.0") { Draft = true });
        await world.Octokit.Repository.Release.Edit(owner, name, early, new ReleaseUpdate { Prerelease = false });
        await world.SentAsync();

        (await world.EndAsync("1.1.0")).Phase.ShouldBe(RunPhase.Succeeded);

        (await world.SweepAsync()).Gaps.ShouldBeEmpty();

        (await world.RunsAsync("release-")).ShouldBe([LedgerWorld.RunOf("1.1.0")]);
    }

    [Fact]
    public async Task GitHub_being_down_is_shown_and_the_next_sweep_covers_the_gap()
    {
        await using var world = await LedgerWorld.StartAsync();
        world.Publish("1.1.0", GitHubFault.DropsWebhooks);
        world.GitHub.Fault = GitHubFault.Outage;

        var failed = await world.SweepAsync();

        failed.Problem.ShouldNotBeNull().ShouldContain("503");
        failed.Watermark.ShouldBe(failed.Begun);
        (await world.HealthAsync()).Status.ShouldBe("Degraded");

        world.GitHub.Fault = null;
        var swept = await world.SweepAsync();
        swept.Problem.ShouldBeNull();
        swept.Gaps.ShouldContain(gap => gap.Run == LedgerWorld.RunOf("1.1.0"));
        (await world.HealthAsync()).Status.ShouldBe("Healthy");
    }

    [Theory]
    [InlineData(GitHubFault.RateLimited, "403")]
    [InlineData(GitHubFault.SecondaryLimited, "429")]
    public async Task A_limit_of_requests_is_no_lack_of_rights(GitHubFault fault, string status)
    {
        await using var world = await LedgerWorld.StartAsync();
        world.GitHub.Fault = fault;

        var swept = await world.SweepAsync();

        swept.Limit.ShouldBeNull();
        swept.Problem.ShouldNotBeNull().ShouldContain(status);
    }

    [Fact]
    public async Task Deliveries_are_found_however_many_pages_back_they_are()
    {
        await using var world = await LedgerWorld.StartAsync();
        world.Publish("1.1.0", GitHubFault.DropsWebhooks);
        for (var number = 0; number < 70; number++)
        {
            world.Publish($"2.0.0-rc.{number}", GitHubFault.DropsWebhooks, prerelease: true);
        }

        var missed = world.GitHub.Deliveries();
        var swept = await world.SweepAsync();

        foreach (var delivery in missed)
        {
            (await world.Ledger.FindAsync(delivery.DeliveryId.ToString(), TestContext.Current.CancellationToken)).ShouldNotBeNull().Source.ShouldBe(DeliverySource.Sweep);
        }

        swept.Gaps.Count.ShouldBe(40, "the latest are shown");
        (await world.RunsAsync("release-")).ShouldBe([LedgerWorld.RunOf("1.1.0")]);
    }

    [Fact]
    public async Task A_release_that_was_never_heard_of_is_started_within_ten_minutes()
    {
        var time = new WatchedTime(new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));
        await using var world = await LedgerWorld.StartAsync(time: time, further: new Dictionary<string, string?> { [LedgerWorld.SweepTimer] = "false" });
        world.Publish("1.1.0", GitHubFault.LosesWebhooks);

        await time.PassAsync(TimeSpan.FromMinutes(10));
        var health = await world.UntilAsync(health => health.Data("lastSweep").TryGetProperty("at", out _));

        health.Data("gaps").GetProperty("found")[0].GetProperty("run").GetString().ShouldBe(LedgerWorld.RunOf("1.1.0"));
        (await world.RunsAsync("release-")).ShouldBe([LedgerWorld.RunOf("1.1.0")]);
    }

    [Fact]
    public async Task A_sweep_that_does_not_come_is_shown()
    {
        await using var world = await LedgerWorld.StartAsync();
        (await world.HealthAsync()).Description("lastSweep").ShouldBe("none yet");

        world.Time.Advance(TimeSpan.FromMinutes(31));

        var health = await world.HealthAsync();
        health.Status.ShouldBe("Degraded");
        health.Description("lastSweep").ShouldStartWith("expected a sweep every 10 min");
    }
}
