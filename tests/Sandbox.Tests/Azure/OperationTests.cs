using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Latency;

namespace Orchestrator.Sandbox.Tests.Azure;

public sealed class OperationTests
{
    private static readonly SandboxLatencies Slow = new() { ArmOperation = TimeSpan.FromSeconds(40), RevisionProvisioning = TimeSpan.FromSeconds(90) };

    [Fact]
    public async Task A_patch_is_accepted_and_its_operation_tells_when_it_is_done()
    {
        await using var sandbox = await StartAsync();
        var cloud = sandbox.Public;

        using var accepted = await TagAsync(sandbox, cloud);

        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        accepted.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        var status = accepted.Headers.GetValues("Azure-AsyncOperation").Single();
        (await BodyAsync(sandbox, cloud, status)).Text("status").ShouldBe("InProgress");
        (await sandbox.SendAsync(cloud, HttpMethod.Get, accepted.Headers.Location!.PathAndQuery)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await sandbox.ReadAsync(cloud, ArmRequests.App(cloud)))["properties"]!.Text("provisioningState").ShouldBe("InProgress");
        sandbox.Time.Advance(Slow.ArmOperation);
        (await BodyAsync(sandbox, cloud, status)).Text("status").ShouldBe("Succeeded");
        (await BodyAsync(sandbox, cloud, accepted.Headers.Location.ToString())).Text("name").ShouldBe("gateway");
        (await sandbox.ReadAsync(cloud, ArmRequests.App(cloud)))["properties"]!.Text("provisioningState").ShouldBe("Succeeded");
    }

    [Fact]
    public async Task The_real_client_follows_an_operation_to_its_end()
    {
        await using var sandbox = await StartAsync();
        var cloud = sandbox.Public;
        var app = (await sandbox.Arm(cloud).GetGenericResource(new ResourceIdentifier(ArmRequests.App(cloud))).GetAsync()).Value;

        var operation = await app.UpdateAsync(WaitUntil.Started, new(app.Data.Location) { Tags = { ["owner"] = "platform" } });

        await operation.UpdateStatusAsync();
        operation.HasCompleted.ShouldBeFalse();
        sandbox.Time.Advance(Slow.ArmOperation);
        await operation.UpdateStatusAsync();
        operation.HasCompleted.ShouldBeTrue();
        operation.Value.Data.Tags.ShouldContainKeyAndValue("owner", "platform");
    }

    [Fact]
    public async Task A_resource_takes_one_change_at_a_time()
    {
        await using var sandbox = await StartAsync();
        var cloud = sandbox.Public;
        (await TagAsync(sandbox, cloud)).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        (await TagAsync(sandbox, cloud).RefusalAsync()).ShouldBe((409, "ContainerAppOperationInProgress"));

        sandbox.Time.Advance(Slow.ArmOperation);
        (await TagAsync(sandbox, cloud)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task An_app_that_has_succeeded_has_a_revision_that_is_not_ready_yet()
    {
        await using var sandbox = await StartAsync();
        var cloud = sandbox.Public;
        await sandbox.CreateCandidateAsync(cloud);

        sandbox.Time.Advance(Slow.ArmOperation);

        (await sandbox.ReadAsync(cloud, ArmRequests.App(cloud)))["properties"]!.Text("provisioningState").ShouldBe("Succeeded");
        (await sandbox.RevisionAsync(cloud, "two")).Text("provisioningState").ShouldBe("Provisioning");
        sandbox.Time.Advance(Slow.RevisionProvisioning - Slow.ArmOperation);
        (await sandbox.RevisionAsync(cloud, "two")).Text("provisioningState").ShouldBe("Provisioned");
        (await sandbox.RevisionAsync(cloud, "two")).Text("healthState").ShouldBe("Healthy");
    }

    [Fact]
    public async Task An_operation_that_never_was_is_not_found()
    {
        await using var sandbox = await StartAsync();
        var path = $"/subscriptions/{sandbox.Public.Options.SubscriptionId}/providers/Microsoft.App/locations/global/operationStatuses/none".Versioned();

        (await sandbox.SendAsync(sandbox.Public, HttpMethod.Get, path).RefusalAsync()).ShouldBe((404, "OperationNotFound"));
    }

    [Fact]
    public async Task The_ledger_knows_what_was_waited_for_and_where()
    {
        await using var sandbox = await StartAsync();

        sandbox.Host.Latencies.Waits.Select(wait => (wait.Place, Wait: wait.End - wait.Start)).ShouldBe(
            [("azure-public/eastus2", Slow.RevisionProvisioning), ("azure-public/eastus2", Slow.ArmOperation)]);
    }

    private static async Task<RunningSandbox> StartAsync()
    {
        var sandbox = await RunningSandbox.StartAsync(Slow);
        await sandbox.CreateAppAsync(sandbox.Public);
        sandbox.Time.Advance(Slow.RevisionProvisioning);
        return sandbox;
    }

    private static Task<HttpResponseMessage> TagAsync(RunningSandbox sandbox, SandboxCloud cloud) =>
        sandbox.SendAsync(cloud, HttpMethod.Patch, ArmRequests.App(cloud).Versioned(), """{ "tags": { "owner": "platform" } }""");

    private static async Task<JsonNode> BodyAsync(RunningSandbox sandbox, SandboxCloud cloud, string address)
    {
        using var response = await sandbox.SendAsync(cloud, HttpMethod.Get, new Uri(address).PathAndQuery);
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }
}
