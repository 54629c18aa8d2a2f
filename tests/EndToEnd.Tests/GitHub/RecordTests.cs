using Octokit;
using Orchestrator.Core.Rollouts;
using Orchestrator.EndToEnd.Tests.Deliveries;
using Orchestrator.Functions.Settings;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox.Faults;
using Orchestrator.Sandbox.GitHub;

namespace Orchestrator.EndToEnd.Tests.GitHub;

/// <summary>What people find on GitHub after a release.</summary>
public sealed class RecordTests
{
    private const string Production = "us-closed/production/";

    private static readonly string Owner = DemoStacks.Repository.Owner;
    private static readonly string Name = DemoStacks.Repository.Name;

    [Fact]
    public async Task Each_region_has_its_end_with_a_reason_and_links_to_its_log_and_its_environment()
    {
        await using var world = await World.StartAsync();

        var ended = await world.RollOutAsync();

        foreach (var deployment in world.Demo.Sandbox.GitHub.Deployments())
        {
            var rollout = ended.Rollouts.Single(one => deployment.Environment.StartsWith($"{one.Rollout.Stack}/{one.Rollout.Environment}/", StringComparison.Ordinal));
            var last = deployment.Statuses[^1];
            last.State.ShouldBe("success");
            last.Description.Length.ShouldBeInRange(1, 140);
            last.LogUrl.ShouldEndWith($"api/rollouts/{rollout.Rollout.Id}");
            last.EnvironmentUrl.ShouldEndWith($"api/health/{deployment.Environment}");
        }
    }

    [Fact]
    public async Task An_earlier_release_is_no_longer_active_where_the_next_one_has_taken_over()
    {
        await using var world = await World.StartAsync();
        await world.RollOutAsync("1.1.0");
        await world.RollOutAsync("1.2.0");

        var byEnvironment = world.Demo.Sandbox.GitHub.Deployments().Where(deployment => deployment.Environment.StartsWith(Production, StringComparison.Ordinal)).GroupBy(deployment => deployment.Environment).ToArray();

        byEnvironment.ShouldNotBeEmpty();
        byEnvironment.ShouldAllBe(deployments => deployments.Select(deployment => deployment.State).SequenceEqual(new[] { "inactive", "success" }));
        byEnvironment.Select(deployments => deployments.First().Statuses[^1].Description).ShouldAllBe(description => description.StartsWith("superseded by rollout-v1-2-0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_earlier_release_stays_active_where_the_next_one_was_rolled_back()
    {
        await using var world = await World.StartAsync();
        await world.RollOutAsync("1.1.0");
        foreach (var region in DemoStacks.RegionsOf(DemoStacks.UsClosed))
        {
            world.With(DemoStacks.UsClosed, region, FaultKind.Errors);
        }

        await world.RollOutAsync("1.2.0");

        world.Demo.Sandbox.GitHub.Deployments().Where(deployment => deployment.Environment.StartsWith(Production, StringComparison.Ordinal))
            .ShouldAllBe(deployment => deployment.State == "success");
    }

    [Fact]
    public async Task Deployments_of_others_are_left_alone()
    {
        await using var world = await World.StartAsync();
        var environment = Production + "eastus2";
        var theirs = await Client(world).Repository.Deployment.Create(Owner, Name, new NewDeployment("main") { AutoMerge = false, RequiredContexts = [], Environment = environment, ProductionEnvironment = true });
        await Client(world).Repository.Deployment.Status.Create(Owner, Name, theirs.Id, new(DeploymentState.Success));

        await world.RollOutAsync();

        world.Demo.Sandbox.GitHub.Deployments().Single(deployment => deployment.Id == theirs.Id).Statuses.ShouldHaveSingleItem().State.ShouldBe("success");
    }

    [Fact]
    public async Task The_release_says_how_it_went_and_keeps_what_people_wrote()
    {
        await using var world = await World.StartAsync();
        await world.RollOutAsync();
        var release = await ReleaseAsync(world);
        release.Body.ShouldContain("| us-closed | production | succeeded | 1.1.0 |");
        release.Body.ShouldContain("| china-open | production | succeeded | 1.1.0 |");

        await Client(world).Repository.Release.Edit(Owner, Name, release.Id, new ReleaseUpdate { Body = $"## What is new\r\n\r\n{release.Body}\r\n\r\nThanks to everybody." });
        using var again = await world.PostAsync("rollouts", new { tag = "v1.1.0", stack = DemoStacks.UsClosed, why = "once more" });
        again.IsSuccessStatusCode.ShouldBeTrue();
        await world.Demo.Host.Client.WaitForInstanceCompletionAsync(LedgerWorld.RunOf("1.1.0", 2), TestContext.Current.CancellationToken);
        await world.TellGitHubAsync();

        var body = (await ReleaseAsync(world)).Body;
        body.ShouldStartWith("## What is new");
        body.ShouldEndWith("Thanks to everybody.");
        body.ShouldContain("### us-closed: succeeded\n\nAttempt 2,");
        body.ShouldContain("### china-open: succeeded\n\nAttempt 1,");
        body.Split("<!-- orchestrator:summary us-closed -->").Length.ShouldBe(2);
    }

    [Fact]
    public async Task What_we_write_onto_the_release_starts_nothing()
    {
        await using var world = await World.StartAsync(topology => topology, new Dictionary<string, string?> { [SettingNames.OnEdited] = "restart" });

        await world.RollOutAsync();

        var edited = world.Demo.Sandbox.GitHub.Deliveries().Single(delivery => delivery.Action == "edited");
        await edited.Sent;
        edited.StatusCode.ShouldBe(200);
        (await world.FindRunAsync(LedgerWorld.RunOf("1.1.0", 2))).ShouldBeNull();
    }

    [Fact]
    public async Task A_release_that_is_gone_is_noted_once_and_keeps_nothing_waiting()
    {
        await using var world = await LedgerWorld.StartAsync();
        var isDeleted = false;
        var id = 0L;
        world.Sandbox.Changes.Changing = change =>
        {
            if (change.Kind == "POST deployments" && !isDeleted)
            {
                isDeleted = true;
                world.Octokit.Repository.Release.Delete(Owner, Name, id).GetAwaiter().GetResult();
            }

            return true;
        };
        id = world.Publish("1.1.0");
        await world.SentAsync();

        (await world.EndAsync("1.1.0")).Phase.ShouldBe(RunPhase.Succeeded);

        var view = await world.WriteAsync();
        view.Waiting.ShouldBe(0);
        var refused = view.Refused.ShouldHaveSingleItem();
        (refused.About, refused.IsGivenUp).ShouldBe(("summaries on releases", true));
        (await world.HealthAsync()).Description("writes").ShouldContain("summaries on releases");
    }

    [Fact]
    public async Task Without_the_right_to_write_contents_all_but_the_summary_is_there_and_health_says_why()
    {
        await using var world = await LedgerWorld.StartAsync(gitHub => gitHub with { TokenWritesContents = false });
        foreach (var version in new[] { "1.1.0", "1.2.0" })
        {
            world.Publish(version);
            await world.SentAsync();
            (await world.EndAsync(version)).Phase.ShouldBe(RunPhase.Succeeded);
            await world.WriteAllAsync();
        }

        world.GitHub.Deployments().ShouldAllBe(deployment => deployment.State == "success" || deployment.State == "inactive");
        var refused = (await world.WriteAsync()).Refused.ShouldHaveSingleItem();
        (refused.About, refused.IsGivenUp).ShouldBe(("summaries on releases", true));
        refused.Why.ShouldContain("403");
        (await world.HealthAsync()).Status.ShouldBe("Degraded");
    }

    [Fact]
    public async Task An_hour_without_github_neither_holds_a_rollout_up_nor_loses_its_end()
    {
        await using var world = await LedgerWorld.StartAsync();
        world.Sandbox.Changes.Changing = change =>
        {
            // From the first change in a cloud on, when the release has been read.
            world.GitHub.Fault ??= change.Place == "github" ? null : GitHubFault.Outage;
            return true;
        };
        world.Publish("1.1.0");
        await world.SentAsync();
        (await world.EndAsync("1.1.0")).Phase.ShouldBe(RunPhase.Succeeded);
        world.GitHub.Fault.ShouldBe(GitHubFault.Outage);
        world.Sandbox.Changes.Changing = null;

        for (var minute = 0; minute < 60; minute++)
        {
            (await world.WriteAsync()).Waiting.ShouldBeGreaterThan(0);
            world.Time.Advance(TimeSpan.FromMinutes(1));
        }

        world.GitHub.Fault = null;
        await world.WriteAllAsync();

        var regions = world.Topology.Stacks.SelectMany(stack => stack.Environments.SelectMany(environment => environment.Regions.Select(region => $"{stack.Name}/{environment.Name}/{region.Name}")));
        world.GitHub.Deployments().Select(deployment => $"{deployment.Environment} {deployment.State}").ShouldBe(regions.Select(region => $"{region} success"), ignoreOrder: true);
        (await world.Octokit.Repository.Release.Get(Owner, Name, "v1.1.0")).Body.ShouldContain("| us-closed | production | succeeded | 1.1.0 |");
    }

    private static GitHubClient Client(World world) => new(new Connection(new ProductHeaderValue("tests"), world.Demo.Sandbox.GitHub.ApiUrl)) { Credentials = new(world.Demo.Sandbox.GitHub.Options.Token) };

    private static Task<Release> ReleaseAsync(World world) => Client(world).Repository.Release.Get(Owner, Name, "v1.1.0");
}
