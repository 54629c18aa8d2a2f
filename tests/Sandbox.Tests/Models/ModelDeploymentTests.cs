using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Azure;

namespace Orchestrator.Sandbox.Tests.Models;

/// <summary>ARM makes only deployments that the cloud offers, within the quota.</summary>
public sealed class ModelDeploymentTests
{
    [Theory]
    [InlineData("gpt-9", "2026-08-07", "DataZoneStandard", 1, "DeploymentModelNotSupported", "Name:gpt-9")]
    [InlineData("gpt-5", "2031-01-01", "DataZoneStandard", 1, "DeploymentModelNotSupported", "Version:2031-01-01")]
    [InlineData("gpt-5-mini", "2026-08-07", "ProvisionedManaged", 1, "InvalidResourceProperties", "'ProvisionedManaged'")]
    [InlineData("gpt-5", "2026-10-01", "DataZoneStandard", 401, "InsufficientQuota", "current available capacity 400")]
    public async Task What_is_not_offered_or_too_much_is_refused(string model, string version, string sku, int capacity, string code, string words)
    {
        await using var sandbox = await StartAsync();

        var (status, body) = await sandbox.PutDeploymentAsync("next", ModelServers.Deployment(model, version, sku, capacity));

        status.ShouldBe(400);
        var error = JsonNode.Parse(body)!["error"]!;
        error.Text("code").ShouldBe(code);
        error.Text("message").ShouldContain(words);
    }

    [Fact]
    public async Task Versions_share_a_quota_that_regions_and_deployment_types_do_not_and_a_change_frees_what_it_had()
    {
        await using var sandbox = await StartAsync();

        (await sandbox.PutDeploymentAsync("next", ModelServers.Deployment("gpt-5", "2026-10-01", "DataZoneStandard", 400))).Status.ShouldBe(201);
        (await sandbox.PutDeploymentAsync("global", ModelServers.Deployment("gpt-5", "2026-10-01", "GlobalStandard", 1_000))).Status.ShouldBe(201);
        (await sandbox.PutDeploymentAsync("assistant", ModelServers.Deployment("gpt-5", "2026-08-07", "DataZoneStandard", 601))).Status.ShouldBe(400);
        (await sandbox.PutDeploymentAsync("assistant", ModelServers.Deployment("gpt-5", "2026-10-01", "DataZoneStandard", 600))).Status.ShouldBe(200);
        (await UsageAsync(sandbox, "eastus2"))["OpenAI.DataZoneStandard.gpt-5"].ShouldBe((1_000, 1_000));
        (await UsageAsync(sandbox, "eastus2"))["OpenAI.GlobalStandard.gpt-5"].ShouldBe((1_000, 1_000));
        (await UsageAsync(sandbox, "eastus2"))["OpenAI.DataZoneStandard.gpt-5-mini"].ShouldBe((0, 1_000));
        (await UsageAsync(sandbox, "westus3"))["OpenAI.DataZoneStandard.gpt-5"].ShouldBe((0, 1_000));
        (await UsageAsync(sandbox, "moon")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deployment_tells_what_it_may_be_asked_per_minute()
    {
        await using var sandbox = await StartAsync();
        using var response = await sandbox.SendAsync(sandbox.Public, HttpMethod.Get, $"{ArmRequests.Group(sandbox.Public)}/providers/Microsoft.CognitiveServices/accounts/ai/deployments/assistant?api-version=2025-06-01");

        var limits = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["properties"]!["rateLimits"]!.AsArray();

        limits.Select(limit => (limit!.Text("key"), limit!["count"]!.GetValue<int>())).ShouldBe([("request", 3_600), ("token", 600_000)]);
    }

    [Fact]
    public void A_cloud_may_have_quotas_of_its_own()
    {
        var offer = CloudOffer.AzurePublic with { Quotas = new Dictionary<ModelQuota, int> { [new("gpt-5", "DataZoneStandard", "eastus2")] = 50 } };

        offer.QuotaOf(new("gpt-5", "DataZoneStandard", "eastus2")).ShouldBe(50);
        offer.QuotaOf(new("gpt-5", "DataZoneStandard", "westus3")).ShouldBe(1_000);
    }

    private static async Task<Dictionary<string, (int Used, int Limit)>> UsageAsync(RunningSandbox sandbox, string region)
    {
        using var response = await sandbox.SendAsync(
            sandbox.Public,
            HttpMethod.Get,
            $"/subscriptions/{sandbox.Public.Options.SubscriptionId}/providers/Microsoft.CognitiveServices/locations/{region}/usages?api-version=2025-06-01");
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!["value"]!.AsArray()
            .ToDictionary(one => one!["name"]!.Text("value"), one => (one!["currentValue"]!.GetValue<int>(), one!["limit"]!.GetValue<int>()));
    }

    private static async Task<RunningSandbox> StartAsync()
    {
        var sandbox = await RunningSandbox.StartAsync();
        await sandbox.DeployAsync(capacity: 600);
        return sandbox;
    }
}
