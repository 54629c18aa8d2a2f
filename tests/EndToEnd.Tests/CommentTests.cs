using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Orchestrator.Core.Approvals;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Local.Demo;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>Approvals where the release lives: by comments on its commit.</summary>
public sealed partial class CommentTests
{
    private const string Stack = DemoStacks.UsClosed;
    private const string Staging = "staging";
    private const string Tag = "v1.1.0";

    // The sandbox's releases are published by this account. One approver's name is somebody else's login.
    private static readonly ApprovalPolicy Policy = new(
        [new("ada@contoso.example", "ada"), new("bo@contoso.example", "bo-at-work"), new("mallory"), new("the publisher", "release-manager")],
        Quorum: 2,
        Required: [],
        NotByPublisher: true,
        TimeSpan.FromDays(7),
        TimeSpan.FromDays(7));

    [Fact]
    public async Task Approvers_are_told_where_they_can_answer_and_their_comments_count()
    {
        await using var world = await StartAsync();
        var (rollout, plan) = await WaitAsync(world);

        var prompt = Comments(world).ShouldHaveSingleItem("each plan is told of once");
        prompt.ShouldStartWith($"**{Tag}** in `{Stack}/{Staging}` waits for 2 of 2 approvals");
        prompt.ShouldContain("@ada @bo-at-work @release-manager");
        prompt.ShouldContain("| all | eastus | gateway-eastus--");

        (await SayAsync(world, "ada", $"/approve {Tag} {Stack}/{Staging} {plan} it is tested\n\nand a long story")).ShouldBe($"@ada your approval of {Tag} in {Stack}/{Staging} has been counted.");
        (await SayAsync(world, "bo-at-work", $"/approve {Tag} {Stack}/{Staging} {plan}")).ShouldContain("has been counted");

        (await world.EndAsync(Tag)).Phase.ShouldBe(RunPhase.Succeeded);
        var decisions = (await world.Keyed.GetFromJsonAsync<JsonElement>($"api/rollouts/{rollout.Rollout.Id}/decisions", TestContext.Current.CancellationToken)).GetProperty("decisions").EnumerateArray().ToArray();
        decisions.Select(one => $"{one.GetProperty("by")} {one.GetProperty("kind")}").ShouldBe(["ada@contoso.example approve", "bo@contoso.example approve"]);
        decisions[0].GetProperty("why").GetString().ShouldBe("it is tested");
    }

    [Fact]
    public async Task A_plan_that_is_rejected_in_a_comment_is_not_begun()
    {
        await using var world = await StartAsync();
        var (_, plan) = await WaitAsync(world);

        (await SayAsync(world, "ada", $"/reject {Tag} {Stack}/{Staging} {plan} not before the fair")).ShouldContain("you have rejected its plan");

        var ended = (await world.EndAsync(Tag)).Rollouts.Single(one => one.Rollout.Stack.Value == Stack && one.Rollout.Environment.Value == Staging);
        ended.Rollout.Phase.ShouldBe(RunPhase.Skipped);
        ended.Rollout.Reason.ShouldBe("rejected by ada@contoso.example: not before the fair");
    }

    [Fact]
    public async Task Each_attempt_gets_a_polite_answer()
    {
        await using var world = await StartAsync();
        var (rollout, plan) = await WaitAsync(world);
        var good = $"/approve {Tag} {Stack}/{Staging} {plan}";
        foreach (var (login, body, answer) in new[]
        {
            ("eve", good, "@eve this was not counted: expected one of those who may, found eve."),
            ("mallory", good, "found mallory."),
            ("release-manager", good, "expected somebody else than who published the release; found the publisher."),
            ("ada", $"/approve {Tag} {Stack}/{Staging} 000000000000", "look at the plan again."),
            ("ada", $"/approve {Tag} {Stack}/{Staging} {plan[..8]}", "expected /approve or /reject, then TAG STACK/ENVIRONMENT PLAN"),
            ("ada", $"/approve {Tag} {Stack}/nowhere {plan}", "expected a release and an environment that it is rolled out to"),
            ("ada", $"/approve v9.9.9 {Stack}/{Staging} {plan}", "expected a release and an environment that it is rolled out to"),
            ("ada", $"/approve {Tag} {DemoStacks.ChinaOpen}/{Staging} {plan}", "asks nobody."),
            ("ada", "/approve", "expected /approve or /reject, then TAG STACK/ENVIRONMENT PLAN"),
            ("ada", good, "has been counted."),
            ("ada", good, "ada@contoso.example has said so already: each person counts once."),
        })
        {
            (await SayAsync(world, login, body)).ShouldContain(answer, customMessage: $"{login}: {body}");
        }

        (await world.FindAsync(Tag))!.Rollouts.Single(one => one.Rollout.Id == rollout.Rollout.Id).Status!.Activity.ShouldBe(RolloutActivity.AwaitingApproval);
    }

    [Fact]
    public async Task Whoever_talks_of_something_else_is_left_alone_and_a_comment_counts_once()
    {
        await using var world = await StartAsync();
        var (_, plan) = await WaitAsync(world);
        var before = Comments(world).Count;
        foreach (var (login, body) in new[] { ("ada", "What a release!"), ("ada", $"I say\n/approve {Tag} {Stack}/{Staging} {plan}"), ("ada", "/approved by all of us") })
        {
            world.Demo.Sandbox.GitHub.Comment(DemoStacks.Repository.Value, Tag, login, body);
        }

        await SentAsync(world);
        Comments(world).Count.ShouldBe(before + 3, "nobody has asked for an answer");

        await AnsweredAsync(world, world.Demo.Sandbox.GitHub.Comment(DemoStacks.Repository.Value, "v1.0.0", "ada", $"/approve {Tag} {Stack}/{Staging} {plan}"));
        world.Demo.Sandbox.GitHub.Comments(DemoStacks.Repository.Value, "v1.0.0")[^1].Body.ShouldContain($"expected the comment on the commit of {Tag}");

        (await SayAsync(world, "ada", $"/approve {Tag} {Stack}/{Staging} {plan}")).ShouldContain("has been counted");
        world.Demo.Sandbox.GitHub.Redeliver(world.Demo.Sandbox.GitHub.Deliveries().Last(one => one.Event == "commit_comment" && !one.IsRedelivery && System.Text.Encoding.UTF8.GetString(one.Payload).Contains("\"ada\"", StringComparison.Ordinal)).DeliveryId);
        await SentAsync(world);
        Comments(world)[^1].ShouldContain("has been counted", customMessage: "a delivery that comes again is not answered again");

        (await SayAsync(world, "eve", "/approve me")).ShouldContain("found eve");
        before = Comments(world).Count;
        await SayAsync(world, "eve", "/approve me at last");
        Comments(world).Count.ShouldBe(before + 1, "a stranger is answered once");
    }

    [Fact]
    public async Task A_further_attempt_is_approved_by_its_own_plan()
    {
        await using var world = await StartAsync();
        var (_, plan) = await WaitAsync(world);
        (await SayAsync(world, "ada", $"/reject {Tag} {Stack}/{Staging} {plan}")).ShouldContain("rejected");
        await world.EndAsync(Tag);
        (await SayAsync(world, "ada", $"/approve {Tag} {Stack}/{Staging} {plan}")).ShouldContain("has been counted", customMessage: "the plan is the same, and she takes back what she said of it");

        using var again = await world.As("bo@contoso.example").PostAsJsonAsync("api/rollouts", new { tag = Tag, stack = Stack, environment = Staging, why = "it is fixed" }, TestContext.Current.CancellationToken);
        var run = (await again.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").GetString()!;
        await world.UntilRunAsync(run, release => release.Rollouts is [{ Status.Activity: RolloutActivity.AwaitingApproval }]);
        (await SayAsync(world, "release-manager", $"/approve {Tag} {Stack}/{Staging} {plan}")).ShouldContain("somebody else than who published the release", customMessage: "whoever asks for it, it was published by the same");
        (await SayAsync(world, "bo-at-work", $"/approve {Tag} {Stack}/{Staging} {plan}")).ShouldContain("has been counted");
        await world.Demo.Host.Client.WaitForInstanceCompletionAsync(run, TestContext.Current.CancellationToken);
        (await world.FindRunAsync(run))!.Phase.ShouldBe(RunPhase.Succeeded);
    }

    private static Task<World> StartAsync() => World.StartAsync(World.Environment(Stack, Staging, environment => environment with { Approval = Policy }));

    // The rollout, once it waits and approvers have been told; and its plan, as they have been told of it.
    private static async Task<(RolloutView Rollout, string Plan)> WaitAsync(World world)
    {
        await world.PublishAsync();
        var rollout = await world.UntilAsync(Stack, Staging, one => one.Status?.Activity == RolloutActivity.AwaitingApproval);
        await world.TellGitHubAsync();
        return (rollout, Approve().Match(Comments(world).ShouldHaveSingleItem()).Groups[1].Value);
    }

    private static IReadOnlyList<string> Comments(World world) => [.. world.Demo.Sandbox.GitHub.Comments(DemoStacks.Repository.Value, Tag).Select(comment => comment.Body)];

    // The answer to a comment.
    private static async Task<string> SayAsync(World world, string login, string body)
    {
        var comment = world.Demo.Sandbox.GitHub.Comment(DemoStacks.Repository.Value, Tag, login, body);
        await AnsweredAsync(world, comment);
        return Comments(world)[^1];
    }

    // A webhook that has been answered has begun the answer to its comment.
    private static async Task AnsweredAsync(World world, long comment)
    {
        await SentAsync(world);
        await world.Demo.Host.Client.WaitForInstanceCompletionAsync($"comment-{comment}", TestContext.Current.CancellationToken);
        await world.TellGitHubAsync();
    }

    private static Task SentAsync(World world) => Task.WhenAll(world.Demo.Sandbox.GitHub.Deliveries().Select(delivery => delivery.Sent));

    [GeneratedRegex(@"/approve \S+ \S+ ([0-9a-f]+)")]
    private static partial Regex Approve();
}
