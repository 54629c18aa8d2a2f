using System.Net;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Releases;
using Orchestrator.Local.Demo;
using static Orchestrator.EndToEnd.Tests.Parity.ParityRelease;

namespace Orchestrator.EndToEnd.Tests.Parity;

/// <summary>One function app drives both stacks of a release, and compares them.</summary>
public sealed class ParityTests
{
    [Fact]
    public async Task Stacks_that_show_the_same_leave_the_release_as_it_ended_and_are_shown_side_by_side()
    {
        await using var world = await World.StartAsync();
        await world.ShowAsync(Us, 90);
        await world.ShowAsync(China, 88);

        var ended = await world.RollOutAsync(Next, Manifest("""{ "categories": { "coding": 0.05 } }"""));

        ended.Phase.ShouldBe(RunPhase.Succeeded);
        ended.Parity.ShouldNotBeNull().Verdict.ShouldBe(Verdict.Pass);
        var report = await world.ReportAsync();
        (report.Run, report.IsPending, report.Report.Verdict).ShouldBe((DemoWorld.RunOf(Tag), false, Verdict.Pass));
        report.Report.Lines.Select(line => line.Name).ShouldBe(["overall", "coding", "latency"]);
        report.Report.Cases.Select(one => one.Id).ShouldBe(["code-0", "code-1", "code-2", "code-3", "code-4"]);
        (await world.ReleaseAsync()).Body.ShouldContain("<!-- orchestrator:parity -->\n### parity: pass\n");
    }

    [Fact]
    public async Task A_breach_fails_the_release_as_a_whole_and_touches_no_stack()
    {
        await using var world = await World.StartAsync();
        await world.ShowAsync(Us, 90);
        await world.ShowAsync(China, 60);

        var ended = await world.RollOutAsync(Next, Manifest("""{ "maxDifference": 0.1 }"""));

        ended.Phase.ShouldBe(RunPhase.Failed);
        ended.Reason.ShouldBe("the stacks differ: overall: expected at most 0.1, found 0.3 (us-closed 0.9, china-open 0.6)");
        EveryStackRunsIt(world, ended);
        world.Demo.Sandbox.GitHub.Deployments().ShouldAllBe(deployment => deployment.State == "success");
        (await world.LaneAsync(China, "production")).Halted.ShouldBeNull();
        (await world.ReleaseAsync()).Body.ShouldContain("| overall | 5 |");
    }

    [Fact]
    public async Task An_approved_exception_accepts_a_breach_and_is_told()
    {
        await using var world = await World.StartAsync();
        await world.ShowAsync(Us, 90);
        await world.ShowAsync(China, 60);

        var ended = await world.RollOutAsync(Next, Manifest("""
            { "categories": { "coding": 0.1 }, "maxDifference": 1,
              "exceptions": [ { "category": "coding", "until": "9999-12-31", "reason": "its compiler is | another", "approvedBy": "quality board" } ] }
            """));

        ended.Phase.ShouldBe(RunPhase.Succeeded);
        ended.Parity!.Reason.ShouldContain("accepted until 9999-12-31 by quality board: its compiler is | another");
        (await world.ReportAsync()).Report.Lines.Single(line => line.Name == "coding").Exception.ShouldNotBeNull().ApprovedBy.ShouldBe("quality board");
        (await world.ReleaseAsync()).Body.ShouldContain("accepted until 9999-12-31 by quality board: its compiler is \\| another |");
    }

    [Fact]
    public async Task An_exception_that_has_expired_accepts_nothing()
    {
        await using var world = await World.StartAsync();
        await world.ShowAsync(Us, 90);
        await world.ShowAsync(China, 60);

        var ended = await world.RollOutAsync(Next, Manifest("""
            { "exceptions": [ { "category": "overall", "until": "2020-12-31", "reason": "long ago", "approvedBy": "quality board" } ] }
            """));

        ended.Phase.ShouldBe(RunPhase.Failed);
        ended.Reason.ShouldNotBeNull().ShouldEndWith("the exception that quality board approved ended on 2020-12-31");
        EveryStackRunsIt(world, ended);
    }

    [Fact]
    public async Task A_stack_without_scores_leaves_it_open_and_fails_nothing()
    {
        await using var world = await World.StartAsync();
        await world.ShowAsync(Us, 90);

        var ended = await world.RollOutAsync(Next, Manifest("{}"));

        ended.Phase.ShouldBe(RunPhase.Succeeded);
        ended.Parity.ShouldNotBeNull().ShouldSatisfyAllConditions(
            parity => parity.Verdict.ShouldBe(Verdict.Inconclusive),
            parity => parity.Reason.ShouldBe("china-open has no scores of this release"));
    }

    [Fact]
    public async Task Earlier_releases_stay_as_a_trend_and_a_release_that_demands_nothing_has_no_part_in_it()
    {
        await using var world = await World.StartAsync();
        await world.ShowAsync(Us, 90);
        await world.ShowAsync(China, 90);
        await world.RollOutAsync(Next, Manifest("{}"));
        await world.ShowAsync(Us, 90, tag: "v1.2.0");
        await world.ShowAsync(China, 50, tag: "v1.2.0");
        await world.RollOutAsync("1.2.0", Manifest("{}", "1.2.0"));
        var plain = await world.RollOutAsync("1.3.0", Manifest("null", "1.3.0"));

        var trend = await world.TrendAsync();

        trend.Releases.Select(release => (release.Tag.Value, release.Verdict, release.Differences["coding"])).ShouldBe([("v1.2.0", Verdict.Fail, 0.4), (Tag, Verdict.Pass, 0d)]);
        plain.Parity.ShouldBeNull();
        (await world.ReleaseAsync("v1.3.0")).Assets.Select(asset => asset.Name).ShouldBe(["release.json"]);
        (await world.Keyed.GetAsync(new Uri("api/parity/v1.3.0", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await world.Keyed.GetAsync(new Uri("api/parity/..", UriKind.Relative))).IsSuccessStatusCode.ShouldBeFalse();
        (await world.Http.GetAsync(new Uri($"api/parity/{Tag}", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static void EveryStackRunsIt(World world, ReleaseView ended)
    {
        ended.Rollouts.Count.ShouldBe(4);
        ended.Rollouts.ShouldAllBe(rollout => rollout.Rollout.Phase == RunPhase.Succeeded);
        foreach (var stack in DemoStacks.Names)
        {
            DemoStacks.RegionsOf(stack).ShouldAllBe(region => world.Serving(stack, region) == Next);
        }
    }
}
