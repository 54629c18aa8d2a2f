using System.Net;
using Azure;
using Azure.Core;
using Azure.ResourceManager.Resources;

namespace Orchestrator.Sandbox.Tests.Azure;

public sealed class ArmTests
{
    private static readonly HttpMethod Put = HttpMethod.Put;
    private static readonly HttpMethod Get = HttpMethod.Get;

    [Fact]
    public async Task The_real_client_makes_reads_lists_and_removes_resources()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var arm = sandbox.Arm(sandbox.Public);
        var subscription = await arm.GetDefaultSubscriptionAsync();
        var group = (await subscription.GetResourceGroups().CreateOrUpdateAsync(WaitUntil.Completed, "rg-app", new(AzureLocation.EastUS2))).Value;
        sandbox.Public.Images.Add(new(ArmRequests.Image, "1.0.0", []));
        var data = new GenericResourceData(AzureLocation.EastUS2)
        {
            Properties = BinaryData.FromObjectAsJson(new { template = new { containers = new[] { new { name = "app", image = ArmRequests.Image } } } }),
            Tags = { ["stack"] = "us-closed" },
        };
        var id = group.Id.AppendProviderResource("Microsoft.App", "containerApps", "gateway");

        var made = (await arm.GetGenericResources().CreateOrUpdateAsync(WaitUntil.Completed, id, data)).Value;

        made.Data.Tags.ShouldContainKeyAndValue("stack", "us-closed");
        made.Data.ResourceType.ShouldBe(new("Microsoft.App/containerApps"));
        (await arm.GetGenericResource(id).GetAsync()).Value.Data.Location.ShouldBe(AzureLocation.EastUS2);
        (await sandbox.ReadAsync(sandbox.Public, $"{group.Id}/providers/Microsoft.App/containerApps"))["value"]!.AsArray().Count.ShouldBe(1);
        await arm.GetGenericResource(id).DeleteAsync(WaitUntil.Completed);
        (await Should.ThrowAsync<RequestFailedException>(arm.GetGenericResource(id).GetAsync())).ErrorCode.ShouldBe("ResourceNotFound");
    }

    [Fact]
    public async Task A_put_is_created_once_and_replaced_after_that()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var path = ArmRequests.Group(sandbox.Public).Versioned();

        using var first = await sandbox.SendAsync(sandbox.Public, Put, path, """{ "location": "eastus2" }""");
        using var second = await sandbox.SendAsync(sandbox.Public, Put, path, """{ "location": "eastus2" }""");

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        second.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Every_answer_has_its_request_ids_and_what_is_left_of_the_limit()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        using var response = await sandbox.SendAsync(sandbox.Public, Get, ArmRequests.Group(sandbox.Public).Versioned(), change: request =>
            request.Headers.Add("x-ms-client-request-id", "mine"));

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        Guid.TryParse(response.Headers.GetValues("x-ms-request-id").Single(), out _).ShouldBeTrue();
        response.Headers.GetValues("x-ms-client-request-id").ShouldBe(["mine"]);
        response.Headers.GetValues("x-ms-ratelimit-remaining-subscription-reads").Single().ShouldBe("249");
    }

    [Fact]
    public async Task Too_many_writes_at_once_are_throttled_until_time_has_passed()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var path = ArmRequests.Group(sandbox.Public).Versioned();
        Task<HttpResponseMessage> WriteAsync() => sandbox.SendAsync(sandbox.Public, Put, path, """{ "location": "eastus2" }""");
        for (var write = 0; write < 200; write++)
        {
            (await WriteAsync()).IsSuccessStatusCode.ShouldBeTrue();
        }

        using var refused = await WriteAsync();

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await sandbox.SendAsync(sandbox.Public, Get, path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        sandbox.Time.Advance(TimeSpan.FromSeconds(1));
        (await WriteAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Conditions_that_are_not_met_change_nothing()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.CreateAppAsync(sandbox.Public);
        var path = ArmRequests.App(sandbox.Public).Versioned();
        var body = ArmRequests.Body(sandbox.Public, ArmRequests.NextImage, "two");
        using var read = await sandbox.SendAsync(sandbox.Public, Get, path);
        Task<HttpResponseMessage> PutIfAsync(string header, string value) =>
            sandbox.SendAsync(sandbox.Public, Put, path, body, request => request.Headers.TryAddWithoutValidation(header, value));

        (await PutIfAsync("If-None-Match", "*").RefusalAsync()).ShouldBe((412, "PreconditionFailed"));
        (await PutIfAsync("If-Match", "\"another\"").RefusalAsync()).ShouldBe((412, "PreconditionFailed"));
        sandbox.Public.Apps().Single().Revisions.Count.ShouldBe(1);
        (await PutIfAsync("If-Match", read.Headers.ETag!.ToString())).IsSuccessStatusCode.ShouldBeTrue();
        sandbox.Public.Apps().Single().Revisions.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("{group}/providers/Microsoft.App/containerApps/gateway", 400, "MissingApiVersionParameter")]
    [InlineData("{group}/providers/Microsoft.App/containerApps/gateway?api-version=2019-01-01", 400, "NoRegisteredProviderFound")]
    [InlineData("{group}/providers/Microsoft.App/jobs/nightly?api-version=2025-07-01", 400, "InvalidResourceType")]
    [InlineData("{group}/providers/Microsoft.App/containerApps/other?api-version=2025-07-01", 404, "ResourceNotFound")]
    [InlineData("{group}-2/providers/Microsoft.App/containerApps/gateway?api-version=2025-07-01", 404, "ResourceGroupNotFound")]
    [InlineData("{group}/providers/Microsoft.App/containerApps/gateway/revisions/gateway--x?api-version=2025-07-01", 404, "RevisionNotFound")]
    [InlineData("/subscriptions/00000000-0000-0000-0000-000000000009/resourceGroups/rg?api-version=2025-07-01", 404, "SubscriptionNotFound")]
    [InlineData("/tenants?api-version=2022-12-01", 404, "InvalidResourcePath")]
    [InlineData("/subscriptions/{subscription}/providers/Microsoft.Nothing?api-version=2025-07-01", 404, "InvalidResourceNamespace")]
    public async Task What_is_not_there_is_refused_in_arms_words(string path, int status, string code)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.CreateAppAsync(sandbox.Public);
        var full = path
            .Replace("{group}", ArmRequests.Group(sandbox.Public), StringComparison.Ordinal)
            .Replace("{subscription}", sandbox.Public.Options.SubscriptionId.ToString(), StringComparison.Ordinal);

        (await sandbox.SendAsync(sandbox.Public, Get, full).RefusalAsync()).ShouldBe((status, code));
    }

    [Theory]
    [InlineData("no json", "InvalidRequestContent")]
    [InlineData("[]", "InvalidRequestContent")]
    [InlineData("""{ "properties": {} }""", "LocationRequired")]
    [InlineData("""{ "location": "chinanorth3", "properties": {} }""", "LocationNotAvailableForResourceType")]
    [InlineData("""{ "location": "eastus2", "properties": {} }""", "ContainerAppTemplateRequired")]
    [InlineData("""{ "location": "eastus2", "properties": { "provisioningState": "Deleting", "template": {} } }""", "InvalidProvisioningState")]
    public async Task A_body_that_cannot_be_taken_is_refused_and_leaves_nothing(string body, string code)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.ChangeAsync(sandbox.Public, Put, ArmRequests.Group(sandbox.Public), """{ "location": "eastus2" }""");

        (await sandbox.SendAsync(sandbox.Public, Put, ArmRequests.App(sandbox.Public).Versioned(), body).RefusalAsync()).ShouldBe((400, code));

        sandbox.Public.Apps().ShouldBeEmpty();
        (await sandbox.SendAsync(sandbox.Public, Get, ArmRequests.App(sandbox.Public).Versioned())).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Removing_a_group_removes_what_is_in_it_and_removing_nothing_is_fine()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.CreateAppAsync(sandbox.Public);
        var path = ArmRequests.Group(sandbox.Public).Versioned();

        (await sandbox.SendAsync(sandbox.Public, HttpMethod.Delete, path)).StatusCode.ShouldBe(HttpStatusCode.OK);

        sandbox.Public.Apps().ShouldBeEmpty();
        await sandbox.CreateAppAsync(sandbox.Public);
        var app = ArmRequests.App(sandbox.Public).Versioned();
        (await sandbox.SendAsync(sandbox.Public, HttpMethod.Delete, app)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await sandbox.SendAsync(sandbox.Public, HttpMethod.Delete, app)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_provider_lists_its_types_versions_and_regions()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var provider = await sandbox.ReadAsync(sandbox.China, $"/subscriptions/{sandbox.China.Options.SubscriptionId}/providers/Microsoft.App");

        var type = provider["resourceTypes"]!.AsArray().Single(one => one!.Text("resourceType") == "containerApps")!;
        type["locations"]!.AsArray().Select(location => location!.ToString()).ShouldBe(["China East 2", "China North 3"]);
        type["apiVersions"]!.AsArray().Select(version => version!.ToString()).ShouldContain(ArmRequests.Version);
    }

    [Fact]
    public async Task A_host_that_no_cloud_has_is_misdirected()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var port = sandbox.Public.ArmEndpoint.Port;

        using var response = await sandbox.Http.GetAsync($"https://management.azure-china.localhost:{port}/");

        response.StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
    }
}
