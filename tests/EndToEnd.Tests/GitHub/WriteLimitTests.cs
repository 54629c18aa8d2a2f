using System.Globalization;
using Orchestrator.Core.Names;
using Orchestrator.EndToEnd.Tests.Deliveries;
using Orchestrator.Functions.GitHub;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox.GitHub;

namespace Orchestrator.EndToEnd.Tests.GitHub;

/// <summary>GitHub is never written to more than it allows, and all that has to get there does.</summary>
public sealed class WriteLimitTests
{
    private const int Regions = 50;
    private const int Statuses = 6;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(15)]
    public async Task Two_stacks_of_fifty_regions_with_six_statuses_each_stay_below_the_limits_and_every_end_arrives(int minutesBetween)
    {
        await using var world = await LedgerWorld.StartAsync();
        var begun = world.Time.GetUtcNow();
        for (var status = 1; status <= Statuses; status++)
        {
            foreach (var stack in DemoStacks.Names)
            {
                for (var region = 1; region <= Regions; region++)
                {
                    var isEnd = status == Statuses;
                    await world.ReportAsync($"region{region}", isEnd ? End(region) : DeploymentPhase.InProgress, isEnd ? "the end" : $"status {status}", stack: stack);
                }
            }

            for (var minute = 0; minute < minutesBetween && status < Statuses; minute++)
            {
                await world.WriteAsync();
                world.Time.Advance(Minute);
            }
        }

        var told = world.Time.GetUtcNow();
        await world.WriteAllAsync();

        var writes = world.GitHub.Writes();
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{2 * Regions * Statuses} statuses of {2 * Regions} regions, given in {(told - begun).TotalMinutes:0} min: {writes.Count} writes, most in a minute {writes.Most(Minute)} (limit 80), most in an hour {writes.Most(Hour)} (limit 500), none refused; the last end arrived {(writes[^1].At - told).TotalMinutes:0} min after it was given"));
        writes.ShouldAllBe(write => write.IsTaken);
        writes.Most(Minute).ShouldBeLessThan(80);
        writes.Most(Hour).ShouldBeLessThan(500);
        var deployments = world.GitHub.Deployments();
        deployments.Select(deployment => deployment.Environment).ShouldBeUnique();
        deployments.Count.ShouldBe(2 * Regions);
        deployments.SelectMany(deployment => deployment.Statuses).Count(status => status.Description == "the end").ShouldBe(2 * Regions);
        deployments.ShouldAllBe(deployment => deployment.State == "success" || deployment.State == "failure");
    }

    [Fact]
    public async Task An_hour_without_github_loses_no_end_and_does_not_hammer_it()
    {
        await using var world = await LedgerWorld.StartAsync();
        await world.ReportAsync("region1", DeploymentPhase.InProgress, "begun");
        await world.WriteAsync();
        world.GitHub.Fault = GitHubFault.Outage;
        for (var region = 1; region <= Regions; region++)
        {
            await world.ReportAsync($"region{region}", DeploymentPhase.InProgress, "is rolled out");
            await world.ReportAsync($"region{region}", End(region), "the end");
        }

        for (var minute = 0; minute < 60; minute++)
        {
            await world.WriteAsync();
            world.Time.Advance(Minute);
        }

        (await world.HealthAsync()).Description("writes").ShouldContain("503");
        (await world.HealthAsync()).Status.ShouldBe("Degraded");
        await world.StopAppAsync();
        world.GitHub.Fault = null;
        await world.StartAppAsync();
        var minutes = await world.WriteAllAsync();

        TestContext.Current.TestOutputHelper!.WriteLine($"an hour's outage: {Regions} ends arrived within {minutes} min of its end, {world.GitHub.Writes().Count} writes");
        world.GitHub.Writes().ShouldAllBe(write => write.IsTaken);
        world.GitHub.Deployments().Select(deployment => $"{deployment.Environment} {deployment.Statuses[^1].State} {deployment.Statuses[^1].Description}")
            .ShouldBe(Enumerable.Range(1, Regions).Select(region => $"us-closed/production/region{region} {(End(region) == DeploymentPhase.Success ? "success" : "failure")} the end"), ignoreOrder: true);
        (await world.HealthAsync()).Description("writes").ShouldBe("nothing waits");
    }

    [Theory]
    [InlineData(GitHubFault.SecondaryLimited, 1)]
    [InlineData(GitHubFault.RateLimited, 60)]
    public async Task A_limit_that_github_says_is_reached_is_waited_out(GitHubFault limit, int minutes)
    {
        await using var world = await LedgerWorld.StartAsync();
        world.GitHub.Fault = limit;
        await world.ReportAsync("region1", DeploymentPhase.Success, "the end");
        var limited = world.Time.GetUtcNow();

        var view = await world.WriteAsync();

        view.Waiting.ShouldBe(1);
        view.Budget.ClosedUntil.ShouldNotBeNull().ShouldBe(limited.AddMinutes(minutes), TimeSpan.FromSeconds(1));
        view.Budget.Why.ShouldNotBeNull();
        world.GitHub.Fault = null;
        (await world.WriteAsync()).Waiting.ShouldBe(1, "GitHub has asked for patience");
        world.Time.Advance(TimeSpan.FromMinutes(minutes));
        (await world.WriteAsync()).Waiting.ShouldBe(0);
        world.GitHub.Deployments().ShouldHaveSingleItem().Statuses.ShouldHaveSingleItem().State.ShouldBe("success");
    }

    [Fact]
    public async Task A_limit_that_others_use_up_is_met_once_and_waited_out()
    {
        await using var world = await LedgerWorld.StartAsync(gitHub => gitHub with { WritesPerMinute = 5 });
        for (var region = 1; region <= 6; region++)
        {
            await world.ReportAsync($"region{region}", DeploymentPhase.Success, "the end");
        }

        await world.WriteAllAsync();

        world.GitHub.Writes().Count(write => !write.IsTaken).ShouldBeLessThanOrEqualTo(3);
        world.GitHub.Deployments().Count.ShouldBe(6);
        world.GitHub.Deployments().ShouldAllBe(deployment => deployment.Statuses.Count == 1);
    }

    [Fact]
    public async Task Ends_go_before_everything_else_when_there_is_little_room()
    {
        await using var world = await LedgerWorld.StartAsync(further: new Dictionary<string, string?> { ["GitHub:WritesPerMinute"] = "2" });
        world.GitHub.Fault = GitHubFault.Outage;
        await world.ReportAsync("region1", DeploymentPhase.InProgress, "is rolled out");
        await world.ReportAsync("region2", DeploymentPhase.Failure, "the end");
        await world.WriteAsync();
        world.GitHub.Fault = null;
        world.Time.Advance(Minute);

        var view = await world.WriteAsync();

        world.GitHub.Deployments().ShouldHaveSingleItem().Environment.ShouldBe("us-closed/production/region2");
        (view.Waiting, view.Ends).ShouldBe((1, 0));
        view.Next.ShouldBe(["us-closed/production/region1"]);
    }

    [Fact]
    public async Task What_github_refuses_is_named_and_keeps_nobody_else_waiting()
    {
        await using var world = await LedgerWorld.StartAsync();
        await world.ReportAsync("region1", DeploymentPhase.Success, "the end", repository: Identifier.Parse<RepositoryName>("acme/gone"));
        await world.ReportAsync("region2", DeploymentPhase.Success, "the end");

        var view = await world.WriteAsync();

        view.Waiting.ShouldBe(1);
        view.Refused.ShouldHaveSingleItem().Why.ShouldContain("404");
        world.GitHub.Deployments().ShouldHaveSingleItem().Environment.ShouldBe("us-closed/production/region2");
        (await world.HealthAsync()).Description("writes").ShouldContain("us-closed/production/region1");
        world.Time.Advance(TimeSpan.FromDays(1));
        (await world.WriteAsync()).Waiting.ShouldBe(0, "after a day it is given up");
    }

    [Fact]
    public async Task A_report_that_comes_twice_or_late_changes_nothing()
    {
        await using var world = await LedgerWorld.StartAsync();
        var begun = world.Time.GetUtcNow();
        await world.ReportAsync("region1", DeploymentPhase.InProgress, "is rolled out", at: begun);
        await world.WriteAsync();
        await world.ReportAsync("region1", DeploymentPhase.Success, "the end", at: begun.AddMinutes(1));
        await world.WriteAsync();

        await world.ReportAsync("region1", DeploymentPhase.Success, "the end", at: begun.AddMinutes(1));
        await world.ReportAsync("region1", DeploymentPhase.InProgress, "is rolled out", at: begun);
        (await world.WriteAsync()).Waiting.ShouldBe(0);

        world.GitHub.Deployments().ShouldHaveSingleItem().Statuses.Select(status => status.State).ShouldBe(["in_progress", "success"]);
    }

    private static DeploymentPhase End(int region) => region % 2 == 0 ? DeploymentPhase.Success : DeploymentPhase.Failure;
}
