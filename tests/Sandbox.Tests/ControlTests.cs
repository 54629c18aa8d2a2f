using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Faults;
using Orchestrator.Sandbox.GitHub;

namespace Orchestrator.Sandbox.Tests;

public sealed class ControlTests
{
    [Fact]
    public async Task The_overview_says_where_everything_is()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var overview = await sandbox.Http.GetFromJsonAsync<JsonNode>(sandbox.Host.ControlUrl);

        overview.ShouldNotBeNull().Text("gitHub").ShouldBe(sandbox.Host.GitHub.ApiUrl.ToString());
        overview["clouds"]!.AsArray().Select(cloud => cloud!.Text("armEndpoint")).ShouldBe([sandbox.Public.ArmEndpoint.ToString(), sandbox.China.ArmEndpoint.ToString()]);
        overview["faults"]!.AsArray().Count.ShouldBe(FaultKinds.Names.Count);
    }

    [Fact]
    public async Task Faults_are_set_shown_and_cleared_region_by_region()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        foreach (var kind in FaultKinds.Names)
        {
            (await PutAsync(sandbox, "clouds/azure-china/regions/chinanorth3/fault", new { kind })).StatusCode.ShouldBe(HttpStatusCode.NoContent);

            sandbox.China.Faults.In("chinanorth3")!.Value.Name().ShouldBe(kind);
            (await ReadAsync(sandbox, "faults"))["azure-china"]!.Text("chinanorth3").ShouldBe(kind);
        }

        sandbox.Public.Faults.All.ShouldBeEmpty();
        await sandbox.Http.DeleteAsync($"{sandbox.Host.ControlUrl}/clouds/azure-china/regions/chinanorth3/fault");
        sandbox.China.Faults.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("clouds/azure-china/regions/chinanorth3/fault", "melting", HttpStatusCode.BadRequest, "unhealthy, slow")]
    [InlineData("clouds/azure-china/regions/westus3/fault", "slow", HttpStatusCode.NotFound, "chinaeast2, chinanorth3")]
    [InlineData("clouds/azure-moon/regions/westus3/fault", "slow", HttpStatusCode.NotFound, "azure-public, azure-china")]
    [InlineData("github/fault", "melting", HttpStatusCode.BadRequest, "outage")]
    [InlineData("clouds/azure-china/images", "slow", HttpStatusCode.BadRequest, "reference")]
    public async Task What_cannot_be_set_is_refused_with_what_can(string path, string kind, HttpStatusCode status, string expected)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        using var response = await PutAsync(sandbox, path, new { kind });

        response.StatusCode.ShouldBe(status);
        (await response.Content.ReadAsStringAsync()).ShouldContain(expected);
    }

    [Fact]
    public async Task Images_are_pushed_and_apps_shown()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        (await PutAsync(sandbox, "clouds/azure-public/images", new { reference = ArmRequests.Image, version = "3.0.0", models = new[] { "m" } })).IsSuccessStatusCode.ShouldBeTrue();
        sandbox.Public.Images.Find(ArmRequests.Image)!.Version.ShouldBe("3.0.0");
        await sandbox.CreateAppAsync(sandbox.Public);

        var apps = await ReadAsync(sandbox, "clouds/azure-public/apps");

        apps[0]!["revisions"]![0]!.Text("weight").ShouldBe("100");
    }

    [Fact]
    public async Task A_release_is_published_and_its_deliveries_are_shown_and_repeated()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        sandbox.Host.GitHub.AddHook(RunningSandbox.Repository, new("http://127.0.0.1:9/"), "s");
        sandbox.Host.GitHub.Fault = GitHubFault.DropsWebhooks;

        using var made = await sandbox.Http.PostAsync($"{sandbox.Host.ControlUrl}/github/releases/v1.0.0", new StringContent("{}"));
        using var again = await sandbox.Http.PostAsync($"{sandbox.Host.ControlUrl}/github/releases/v1.0.0", new StringContent("{}"));

        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        again.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var deliveries = (await ReadAsync(sandbox, "github/deliveries")).AsArray();
        deliveries.Select(one => one!.Text("action")).ShouldContain("published");
        await sandbox.Http.PostAsync($"{sandbox.Host.ControlUrl}/github/deliveries/{deliveries[0]!.Text("id")}/attempts", null);
        (await ReadAsync(sandbox, "github/deliveries")).AsArray().Count.ShouldBe(deliveries.Count + 1);
    }

    private static Task<HttpResponseMessage> PutAsync(RunningSandbox sandbox, string path, object body) =>
        sandbox.Http.PutAsJsonAsync($"{sandbox.Host.ControlUrl}/{path}", body);

    private static async Task<JsonNode> ReadAsync(RunningSandbox sandbox, string path) =>
        (await sandbox.Http.GetFromJsonAsync<JsonNode>($"{sandbox.Host.ControlUrl}/{path}"))!;
}
