using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Octokit;
using Orchestrator.Sandbox.GitHub;

namespace Orchestrator.Sandbox.Tests.GitHub;

public sealed class HookTests
{
    private const string Secret = "shared";

    [Fact]
    public async Task A_publication_is_announced_in_order_and_signed()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await using var receiver = await StartAsync(sandbox);

        await PublishAsync(sandbox);

        receiver.All.Select(Action).ShouldBe(["created", "published", "released"]);
        receiver.All.ShouldAllBe(one => one.Event == "release" && one.Signature == Signature(one.Body));
        receiver.All.Select(one => one.Delivery).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task A_prerelease_is_announced_as_one()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await using var receiver = await StartAsync(sandbox);

        sandbox.Host.GitHub.Publish(RunningSandbox.Repository, "v1.0.0-rc.1", [1], prerelease: true);
        await SentAsync(sandbox);

        receiver.All.Select(Action).ShouldBe(["created", "published", "prereleased"]);
    }

    [Fact]
    public async Task A_delivery_that_was_refused_can_be_sent_again_with_the_same_id_and_body()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await using var receiver = await StartAsync(sandbox);
        receiver.Status = 500;
        await PublishAsync(sandbox);
        var failed = sandbox.Host.GitHub.Deliveries()[1];

        receiver.Status = 202;
        sandbox.Host.GitHub.Redeliver(failed.DeliveryId);
        await SentAsync(sandbox);

        failed.Status.ShouldBe("Invalid HTTP Response: 500");
        var again = sandbox.Host.GitHub.Deliveries()[^1];
        again.ShouldSatisfyAllConditions(
            () => again.IsRedelivery.ShouldBeTrue(),
            () => again.Status.ShouldBe("OK"),
            () => again.StatusCode.ShouldBe(202));
        var arrived = receiver.All.ToArray();
        arrived[^1].Delivery.ShouldBe(arrived[1].Delivery);
        arrived[^1].Body.ShouldBe(arrived[1].Body);
    }

    [Fact]
    public async Task Deliveries_can_be_listed_by_how_they_went_and_sent_again_over_http()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await using var receiver = await StartAsync(sandbox);
        sandbox.Host.GitHub.Fault = GitHubFault.DropsWebhooks;
        await PublishAsync(sandbox);
        sandbox.Host.GitHub.Fault = null;
        var api = sandbox.Octokit().Connection;
        var hook = (await sandbox.Octokit().Repository.Hooks.GetAll(OctokitOf.Owner, OctokitOf.Name)).Single().Id;
        var deliveries = new Uri($"repos/{RunningSandbox.Repository}/hooks/{hook}/deliveries", UriKind.Relative);

        var failed = JsonNode.Parse((await api.Get<string>(deliveries, new Dictionary<string, string> { ["status"] = "failure" })).HttpResponse.Body.ToString()!)!.AsArray();

        receiver.All.ShouldBeEmpty();
        failed.Select(one => one!.Text("action")).ShouldBe(["released", "published", "created"]);
        await api.Post(new Uri($"{deliveries}/{failed[1]!.Text("id")}/attempts", UriKind.Relative), new { }, "application/json");
        await SentAsync(sandbox);
        receiver.All.Select(Action).ShouldBe(["published"]);
    }

    [Fact]
    public async Task A_receiver_that_is_gone_is_a_failed_delivery()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await (await StartAsync(sandbox)).DisposeAsync();

        await PublishAsync(sandbox);

        sandbox.Host.GitHub.Deliveries().ShouldAllBe(delivery => delivery.Status == "failed to connect to host" && delivery.StatusCode == 0);
    }

    [Fact]
    public async Task A_hook_is_made_through_the_api_and_its_secret_stays_hidden()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var hooks = sandbox.Octokit().Repository.Hooks;

        await hooks.Create(OctokitOf.Owner, OctokitOf.Name, new("web", new Dictionary<string, string> { ["url"] = receiver.Url.ToString(), ["secret"] = Secret }));
        await PublishAsync(sandbox);

        receiver.All.Count.ShouldBe(3);
        (await hooks.GetAll(OctokitOf.Owner, OctokitOf.Name)).Single().Config["secret"].ShouldBe("********");
        await Should.ThrowAsync<ApiValidationException>(hooks.Create(OctokitOf.Owner, OctokitOf.Name, new("web", new Dictionary<string, string> { ["url"] = "nowhere" })));
    }

    [Fact]
    public async Task Editing_and_deleting_a_release_are_announced_too()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await using var receiver = await StartAsync(sandbox);
        var releases = sandbox.Octokit().Repository.Release;
        var id = sandbox.Host.GitHub.Publish(RunningSandbox.Repository, "v1.0.0", [1]);

        await releases.Edit(OctokitOf.Owner, OctokitOf.Name, id, new ReleaseUpdate { Body = "more" });
        await releases.Delete(OctokitOf.Owner, OctokitOf.Name, id);
        await SentAsync(sandbox);

        receiver.All.Select(Action).ShouldBe(["created", "published", "released", "edited", "deleted"]);
    }

    [Fact]
    public async Task What_is_taken_back_or_no_prerelease_any_more_is_announced_so()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await using var receiver = await StartAsync(sandbox);
        var releases = sandbox.Octokit().Repository.Release;
        var id = sandbox.Host.GitHub.Publish(RunningSandbox.Repository, "v1.0.0", [1], prerelease: true);

        await releases.Edit(OctokitOf.Owner, OctokitOf.Name, id, new ReleaseUpdate { Prerelease = false });
        await releases.Edit(OctokitOf.Owner, OctokitOf.Name, id, new ReleaseUpdate { Draft = true });
        await SentAsync(sandbox);

        receiver.All.Select(Action).ShouldBe(["created", "published", "prereleased", "released", "edited", "unpublished"]);
    }

    [Fact]
    public async Task Deliveries_are_listed_page_by_page_each_with_its_payload_and_for_three_days()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await using var receiver = await StartAsync(sandbox);
        await PublishAsync(sandbox);
        var api = sandbox.Octokit().Connection;
        var hook = (await sandbox.Octokit().Repository.Hooks.GetAll(OctokitOf.Owner, OctokitOf.Name)).Single().Id;
        var deliveries = new Uri($"repos/{RunningSandbox.Repository}/hooks/{hook}/deliveries", UriKind.Relative);

        var first = await api.Get<object>(deliveries, new Dictionary<string, string> { ["per_page"] = "2" });
        var second = await api.Get<object>(first.HttpResponse.ApiInfo.Links["next"], null);

        List(first).Concat(List(second)).Select(one => one!.Text("action")).ShouldBe(["released", "published", "created"]);
        second.HttpResponse.ApiInfo.Links.ShouldNotContainKey("next");
        var published = await api.Get<object>(new Uri($"{deliveries}/{List(first)[1]!.Text("id")}", UriKind.Relative), null);
        JsonNode.Parse((string)published.HttpResponse.Body)!["request"]!["payload"]!["release"]!.Text("tag_name").ShouldBe("v1.0.0");

        sandbox.Time.Advance(TimeSpan.FromDays(3) + TimeSpan.FromSeconds(1));
        List(await api.Get<object>(deliveries, null)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Webhooks_that_are_lost_leave_no_trace()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await using var receiver = await StartAsync(sandbox);
        sandbox.Host.GitHub.Fault = GitHubFault.LosesWebhooks;

        await PublishAsync(sandbox);

        receiver.All.ShouldBeEmpty();
        sandbox.Host.GitHub.Deliveries().ShouldBeEmpty();
    }

    private static JsonArray List(IApiResponse<object> response) => JsonNode.Parse((string)response.HttpResponse.Body)!.AsArray();

    private static async Task<Receiver> StartAsync(RunningSandbox sandbox)
    {
        var receiver = await Receiver.StartAsync();
        sandbox.Host.GitHub.AddHook(RunningSandbox.Repository, receiver.Url, Secret);
        return receiver;
    }

    private static async Task PublishAsync(RunningSandbox sandbox)
    {
        sandbox.Host.GitHub.Publish(RunningSandbox.Repository, "v1.0.0", [1]);
        await SentAsync(sandbox);
    }

    private static Task SentAsync(RunningSandbox sandbox) => Task.WhenAll(sandbox.Host.GitHub.Deliveries().Select(delivery => delivery.Sent));

    private static string Action(Received one) => JsonNode.Parse(one.Body)!.Text("action");

    private static string Signature(byte[] body) => $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body))}";
}
