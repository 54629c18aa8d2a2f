using System.Net;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Tests.Models;

namespace Orchestrator.Sandbox.Tests.Azure;

/// <summary>Online endpoints of Azure Machine Learning, and templates, by which their traffic is given.</summary>
public sealed class OnlineEndpointTests
{
    private const string Body = """{ "location": "eastus2", "properties": {} }""";

    [Fact]
    public async Task Traffic_for_a_server_that_is_not_there_is_refused()
    {
        await using var sandbox = await StartAsync();

        var (status, refused) = await PutAsync(sandbox, "workspaces/w/onlineEndpoints/e", """{ "location": "eastus2", "properties": { "traffic": { "blue": 0 } } }""");

        status.ShouldBe(HttpStatusCode.BadRequest);
        refused.ShouldContain("'blue', which does not exist");
    }

    [Theory]
    [InlineData("""{ "blue": 90 }""", HttpStatusCode.BadRequest)]
    [InlineData("""{ "blue": 100 }""", HttpStatusCode.Created)]
    public async Task A_template_gives_the_traffic_once_the_servers_are_there_whole_or_not_at_all(string traffic, HttpStatusCode expected)
    {
        await using var sandbox = await StartAsync();
        (await PutAsync(sandbox, "workspaces/w/onlineEndpoints/e", Body)).Status.ShouldBe(HttpStatusCode.Created);
        (await PutAsync(sandbox, "workspaces/w/onlineEndpoints/e/deployments/blue", Body)).Status.ShouldBe(HttpStatusCode.Created);

        (await DeployAsync(sandbox, "w/e", traffic)).Status.ShouldBe(expected);

        using var endpoint = await sandbox.SendAsync(sandbox.Public, HttpMethod.Get, Path(sandbox, "workspaces/w/onlineEndpoints/e"));
        var share = JsonNode.Parse(await endpoint.Content.ReadAsStringAsync())!["properties"]!["traffic"]?["blue"]?.GetValue<int>();
        share.ShouldBe(expected == HttpStatusCode.Created ? 100 : default(int?));
    }

    [Theory]
    [InlineData("""{ "green": 51 }""", HttpStatusCode.BadRequest)]
    [InlineData("""{ "blue": 10 }""", HttpStatusCode.BadRequest)]
    [InlineData("""{ "blue": 0, "green": 10 }""", HttpStatusCode.BadRequest)]
    [InlineData("""{ "green": 50 }""", HttpStatusCode.OK)]
    public async Task At_most_half_of_the_requests_are_copied_to_one_server_that_has_none_of_its_own(string mirror, HttpStatusCode expected)
    {
        await using var sandbox = await StartAsync();
        await PutAsync(sandbox, "workspaces/w/onlineEndpoints/e", Body);
        await PutAsync(sandbox, "workspaces/w/onlineEndpoints/e/deployments/blue", Body);
        await PutAsync(sandbox, "workspaces/w/onlineEndpoints/e/deployments/green", Body);

        var body = $$$"""{ "location": "eastus2", "properties": { "traffic": { "blue": 100, "green": 0 }, "mirrorTraffic": {{{mirror}}} } }""";

        (await PutAsync(sandbox, "workspaces/w/onlineEndpoints/e", body)).Status.ShouldBe(expected);
    }

    [Fact]
    public async Task A_clusters_endpoint_takes_no_tokens_of_Entras()
    {
        await using var sandbox = await StartAsync();

        var (status, refused) = await PutAsync(sandbox, "workspaces/w/onlineEndpoints/e", """{ "location": "eastus2", "kind": "Kubernetes", "properties": { "authMode": "AADToken" } }""");

        status.ShouldBe(HttpStatusCode.BadRequest);
        refused.ShouldContain("AADToken, which Kubernetes endpoints do not support");
    }

    [Fact]
    public async Task An_endpoint_with_tokens_of_its_own_gives_them_out_with_their_times()
    {
        await using var sandbox = await StartAsync();
        await PutAsync(sandbox, "workspaces/w/onlineEndpoints/own", """{ "location": "eastus2", "kind": "Kubernetes", "properties": { "authMode": "AMLToken" } }""");
        await PutAsync(sandbox, "workspaces/w/onlineEndpoints/entras", """{ "location": "eastus2", "kind": "Managed", "properties": { "authMode": "AADToken" } }""");
        var now = sandbox.Time.GetUtcNow();

        var token = JsonNode.Parse((await TokenAsync(sandbox, "own")).Content)!;

        token.AsObject().Select(one => one.Key).ShouldBe(["accessToken", "tokenType", "expiryTimeUtc", "refreshAfterTimeUtc"]);
        token["tokenType"]!.GetValue<string>().ShouldBe("Bearer");
        token["expiryTimeUtc"]!.GetValue<long>().ShouldBe(now.AddHours(12).ToUnixTimeSeconds());
        token["refreshAfterTimeUtc"]!.GetValue<long>().ShouldBe(now.AddHours(6).ToUnixTimeSeconds());
        (await TokenAsync(sandbox, "entras")).ShouldSatisfyAllConditions(
            refused => refused.Status.ShouldBe(HttpStatusCode.BadRequest),
            refused => refused.Content.ShouldContain("'AADToken' and gives out no tokens of its own"));
        (await TokenAsync(sandbox, "none")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await TokenAsync(sandbox, "own", "key")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Such_a_token_opens_its_endpoint_alone_and_until_it_expires()
    {
        await using var sandbox = await StartAsync();
        foreach (var name in new[] { "own", "other" })
        {
            await PutAsync(sandbox, $"workspaces/w/onlineEndpoints/{name}", """{ "location": "eastus2", "kind": "Kubernetes", "properties": { "authMode": "AMLToken" } }""");
        }

        var token = JsonNode.Parse((await TokenAsync(sandbox, "own")).Content)!["accessToken"]!.GetValue<string>();

        // Behind the door there is no server yet.
        (await AskAsync("own", token)).ShouldBe((404, "DeploymentNotFound"));
        (await AskAsync("other", token)).ShouldBe((401, "InvalidAuthenticationTokenAudience"));
        (await AskAsync("own", await sandbox.TokenAsync(sandbox.Public, ModelServers.ServerScope))).ShouldBe((401, "InvalidAuthenticationTokenAudience"));
        sandbox.Time.Advance(TimeSpan.FromHours(12));
        (await AskAsync("own", token)).ShouldBe((401, "ExpiredAuthenticationToken"));

        async Task<(int Status, string Code)> AskAsync(string endpoint, string with)
        {
            using var response = await sandbox.PostAsync(sandbox.Public.Host($"{endpoint}.inference"), "v1/chat/completions", ModelServers.Chat("qwen", "ping"), with);
            return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["code"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task A_template_whose_resource_has_no_whole_name_is_refused()
    {
        await using var sandbox = await StartAsync();

        var (status, refused) = await DeployAsync(sandbox, "w", "{}");

        status.ShouldBe(HttpStatusCode.BadRequest);
        refused.ShouldContain("must have 2 segments");
    }

    private static async Task<(HttpStatusCode Status, string Content)> TokenAsync(RunningSandbox sandbox, string endpoint, string action = "token")
    {
        using var response = await sandbox.SendAsync(sandbox.Public, HttpMethod.Post, Path(sandbox, $"workspaces/w/onlineEndpoints/{endpoint}/{action}"));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task<RunningSandbox> StartAsync()
    {
        var sandbox = await RunningSandbox.StartAsync();
        await sandbox.ChangeAsync(sandbox.Public, HttpMethod.Put, ArmRequests.Group(sandbox.Public), """{ "location": "eastus2" }""");
        (await PutAsync(sandbox, "workspaces/w", Body)).Status.ShouldBe(HttpStatusCode.Created);
        return sandbox;
    }

    private static Task<(HttpStatusCode Status, string Content)> DeployAsync(RunningSandbox sandbox, string name, string traffic) => SendAsync(
        sandbox,
        $"{ArmRequests.Group(sandbox.Public)}/providers/Microsoft.Resources/deployments/traffic?api-version=2024-03-01",
        $$"""
        {
          "properties": {
            "mode": "Incremental",
            "template": {
              "resources": [
                {
                  "type": "Microsoft.MachineLearningServices/workspaces/onlineEndpoints", "apiVersion": "2025-12-01", "name": "{{name}}",
                  "location": "eastus2", "properties": { "traffic": {{traffic}} }
                }
              ]
            }
          }
        }
        """);

    private static Task<(HttpStatusCode Status, string Content)> PutAsync(RunningSandbox sandbox, string path, string body) => SendAsync(sandbox, Path(sandbox, path), body);

    private static async Task<(HttpStatusCode Status, string Content)> SendAsync(RunningSandbox sandbox, string path, string body)
    {
        using var response = await sandbox.SendAsync(sandbox.Public, HttpMethod.Put, path, body);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static string Path(RunningSandbox sandbox, string path) =>
        $"{ArmRequests.Group(sandbox.Public)}/providers/Microsoft.MachineLearningServices/{path}?api-version=2025-12-01";
}
