using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Azure;

namespace Orchestrator.Sandbox.Tests.Azure;

public sealed class ContainerAppTests
{
    [Fact]
    public async Task A_change_of_the_template_makes_a_revision_and_the_old_one_keeps_the_traffic_that_it_was_given()
    {
        await using var sandbox = await StartAsync();
        var cloud = sandbox.Public;

        await sandbox.CreateCandidateAsync(cloud);

        cloud.Apps().Single().Revisions.ShouldBe(
            [new SandboxRevision("gateway--one", "1.0.0", true, 100), new SandboxRevision("gateway--two", "1.1.0", true, 0)]);
        var properties = (await sandbox.ReadAsync(cloud, ArmRequests.App(cloud)))["properties"]!;
        properties.Text("latestRevisionName").ShouldBe("gateway--two");
        properties.Text("latestReadyRevisionName").ShouldBe("gateway--two");
    }

    [Fact]
    public async Task What_is_not_in_the_template_makes_no_revision()
    {
        await using var sandbox = await StartAsync();

        await sandbox.PatchAsync(sandbox.Public, """{ "configuration": { "ingress": { "external": false } } }""");

        sandbox.Public.Apps().Single().Revisions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_suffix_again_is_the_same_revision_and_with_another_template_refused()
    {
        await using var sandbox = await StartAsync();
        var cloud = sandbox.Public;
        await sandbox.CreateCandidateAsync(cloud);

        await sandbox.CreateCandidateAsync(cloud);

        cloud.Apps().Single().Revisions.Count.ShouldBe(2);
        var other = $$"""{ "properties": { "template": { "revisionSuffix": "two", "containers": [ { "name": "gateway", "image": "{{ArmRequests.Image}}" } ] } } }""";
        (await sandbox.SendAsync(cloud, HttpMethod.Patch, ArmRequests.App(cloud).Versioned(), other).RefusalAsync()).ShouldBe((400, "RevisionSuffixInUse"));
    }

    [Theory]
    [InlineData("""[ { "revisionName": "gateway--one", "weight": 90 } ]""", "InvalidTrafficWeight")]
    [InlineData("""[ { "revisionName": "gateway--one", "weight": 60 }, { "revisionName": "gateway--two", "weight": 60 } ]""", "InvalidTrafficWeight")]
    [InlineData("""[ { "revisionName": "gateway--three", "weight": 100 } ]""", "InvalidTrafficRevision")]
    public async Task Traffic_that_does_not_add_up_is_refused(string traffic, string code)
    {
        await using var sandbox = await StartAsync();
        var cloud = sandbox.Public;
        await sandbox.CreateCandidateAsync(cloud);
        var body = $$"""{ "properties": { "configuration": { "ingress": { "traffic": {{traffic}} } } } }""";

        (await sandbox.SendAsync(cloud, HttpMethod.Patch, ArmRequests.App(cloud).Versioned(), body).RefusalAsync()).ShouldBe((400, code));

        cloud.Apps().Single().Revisions[0].Weight.ShouldBe(100);
    }

    [Fact]
    public async Task A_change_that_is_refused_leaves_no_revision_behind()
    {
        await using var sandbox = await StartAsync();
        var cloud = sandbox.Public;
        var body = $$"""
            {
              "properties": {
                "configuration": { "ingress": { "traffic": [ { "revisionName": "gateway--one", "weight": 90 } ] } },
                "template": { "revisionSuffix": "two", "containers": [ { "name": "gateway", "image": "{{ArmRequests.NextImage}}" } ] }
              }
            }
            """;

        (await sandbox.SendAsync(cloud, HttpMethod.Patch, ArmRequests.App(cloud).Versioned(), body).RefusalAsync()).ShouldBe((400, "InvalidTrafficWeight"));

        cloud.Apps().Single().Revisions.ShouldBe([new SandboxRevision("gateway--one", "1.0.0", true, 100)]);
    }

    [Fact]
    public async Task A_revision_is_stopped_only_without_traffic_and_gets_none_while_it_is_stopped()
    {
        await using var sandbox = await StartAsync();
        var cloud = sandbox.Public;
        await sandbox.CreateCandidateAsync(cloud);
        Task<HttpResponseMessage> ActAsync(string suffix, string action) =>
            sandbox.SendAsync(cloud, HttpMethod.Post, $"{ArmRequests.App(cloud)}/revisions/gateway--{suffix}/{action}".Versioned());

        (await ActAsync("one", "deactivate").RefusalAsync()).ShouldBe((400, "RevisionHasTraffic"));
        (await ActAsync("two", "deactivate")).IsSuccessStatusCode.ShouldBeTrue();

        (await sandbox.RevisionAsync(cloud, "two"))["active"]!.GetValue<bool>().ShouldBeFalse();
        (await sandbox.RevisionAsync(cloud, "two")).Text("runningState").ShouldBe("Stopped");
        var shift = """{ "properties": { "configuration": { "ingress": { "traffic": [ { "revisionName": "gateway--two", "weight": 100 } ] } } } }""";
        (await sandbox.SendAsync(cloud, HttpMethod.Patch, ArmRequests.App(cloud).Versioned(), shift).RefusalAsync()).ShouldBe((400, "InvalidTrafficRevision"));
        (await ActAsync("two", "activate")).IsSuccessStatusCode.ShouldBeTrue();
        (await sandbox.SendAsync(cloud, HttpMethod.Patch, ArmRequests.App(cloud).Versioned(), shift)).IsSuccessStatusCode.ShouldBeTrue();
        (await ActAsync("two", "explode").RefusalAsync()).ShouldBe((404, "InvalidAction"));
    }

    [Fact]
    public async Task In_single_mode_the_newest_revision_has_everything()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var cloud = sandbox.Public;
        await sandbox.CreateAppAsync(cloud, """{ "activeRevisionsMode": "Single" }""");

        await sandbox.ChangeAsync(cloud, HttpMethod.Put, ArmRequests.App(cloud), ArmRequests.Body(cloud, ArmRequests.NextImage, "two", """{ "activeRevisionsMode": "Single" }"""));

        cloud.Apps().Single().Revisions.ShouldBe(
            [new SandboxRevision("gateway--one", "1.0.0", false, 0), new SandboxRevision("gateway--two", "1.1.0", true, 100)]);
    }

    [Fact]
    public async Task Secrets_go_in_and_never_come_out()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var cloud = sandbox.Public;

        await sandbox.CreateAppAsync(cloud, """{ "secrets": [ { "name": "key", "value": "hidden" } ] }""");

        var app = await sandbox.ReadAsync(cloud, ArmRequests.App(cloud));
        app["properties"]!["configuration"]!["secrets"]![0]!.Text("name").ShouldBe("key");
        app.ToJsonString().ShouldNotContain("hidden");
    }

    [Fact]
    public async Task Revisions_and_their_replicas_can_be_listed_and_not_changed()
    {
        await using var sandbox = await StartAsync();
        var cloud = sandbox.Public;
        var revisions = $"{ArmRequests.App(cloud)}/revisions";

        (await sandbox.ReadAsync(cloud, revisions))["value"]!.AsArray().Select(one => one!.Text("name")).ShouldBe(["gateway--one"]);

        (await sandbox.ReadAsync(cloud, $"{revisions}/gateway--one/replicas"))["value"]!.AsArray().Count.ShouldBe(1);
        (await sandbox.SendAsync(cloud, HttpMethod.Put, $"{revisions}/gateway--one".Versioned(), "{}").RefusalAsync()).ShouldBe((405, "MethodNotAllowed"));
    }

    private static async Task<RunningSandbox> StartAsync()
    {
        var sandbox = await RunningSandbox.StartAsync();
        await sandbox.CreateAppAsync(sandbox.Public);
        return sandbox;
    }
}
