using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Azure;

namespace Orchestrator.Sandbox.Tests;

/// <summary>Requests to ARM that many tests make, and what they say when they are refused.</summary>
internal static class ArmRequests
{
    public const string Version = "2025-07-01";
    public const string Image = "acme.azurecr.io/assistant@sha256:1111111111111111111111111111111111111111111111111111111111111111";
    public const string NextImage = "acme.azurecr.io/assistant@sha256:2222222222222222222222222222222222222222222222222222222222222222";

    public static string Group(SandboxCloud cloud) => $"/subscriptions/{cloud.Options.SubscriptionId}/resourceGroups/rg-app";

    public static string App(SandboxCloud cloud) => $"{Group(cloud)}/providers/Microsoft.App/containerApps/gateway";

    public static string Versioned(this string path) => $"{path}?api-version={Version}";

    /// <summary>Makes a group and an app with one revision <c>one</c> in the cloud's first region.</summary>
    public static async Task CreateAppAsync(this RunningSandbox sandbox, SandboxCloud cloud, string properties = "{}")
    {
        cloud.Images.Add(new(Image, "1.0.0", ["gpt-x"]));
        cloud.Images.Add(new(NextImage, "1.1.0", ["gpt-x", "gpt-y"]));
        await sandbox.ChangeAsync(cloud, HttpMethod.Put, Group(cloud), $$"""{ "location": "{{cloud.Options.Regions[0]}}" }""");
        await sandbox.ChangeAsync(cloud, HttpMethod.Put, App(cloud), Body(cloud, Image, "one", properties));
    }

    public static string Body(SandboxCloud cloud, string image, string suffix, string configuration = "{}") => $$"""
        {
          "location": "{{cloud.Options.Regions[0]}}",
          "properties": {
            "configuration": {{Configuration(configuration)}},
            "template": { "revisionSuffix": "{{suffix}}", "containers": [ { "name": "gateway", "image": "{{image}}" } ] }
          }
        }
        """;

    /// <summary>Asks for a revision <c>two</c> of the next image and no traffic for it.</summary>
    public static Task CreateCandidateAsync(this RunningSandbox sandbox, SandboxCloud cloud) => sandbox.PatchAsync(cloud, $$"""
        {
          "configuration": { "ingress": { "traffic": [ { "revisionName": "gateway--one", "weight": 100 } ] } },
          "template": { "revisionSuffix": "two", "containers": [ { "name": "gateway", "image": "{{NextImage}}" } ] }
        }
        """);

    public static Task PatchAsync(this RunningSandbox sandbox, SandboxCloud cloud, string properties) =>
        sandbox.ChangeAsync(cloud, HttpMethod.Patch, App(cloud), $$"""{ "properties": {{properties}} }""");

    public static async Task ChangeAsync(this RunningSandbox sandbox, SandboxCloud cloud, HttpMethod method, string path, string body)
    {
        using var response = await sandbox.SendAsync(cloud, method, path.Versioned(), body);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
    }

    public static async Task<JsonNode> ReadAsync(this RunningSandbox sandbox, SandboxCloud cloud, string path)
    {
        using var response = await sandbox.SendAsync(cloud, HttpMethod.Get, path.Versioned());
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    public static async Task<JsonNode> RevisionAsync(this RunningSandbox sandbox, SandboxCloud cloud, string suffix) =>
        (await sandbox.ReadAsync(cloud, $"{App(cloud)}/revisions/gateway--{suffix}"))["properties"]!;

    /// <summary>The status and ARM's error code.</summary>
    public static async Task<(int Status, string? Code)> RefusalAsync(this Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        var body = await response.Content.ReadFromJsonAsync<JsonNode>();
        body!["error"]!["message"]!.GetValue<string>().ShouldNotBeEmpty();
        return ((int)response.StatusCode, body["error"]!["code"]!.GetValue<string>());
    }

    public static string Text(this JsonNode node, string name) => node[name]!.ToString();

    private static string Configuration(string more)
    {
        var configuration = JsonNode.Parse(more)!.AsObject();
        configuration["activeRevisionsMode"] ??= "Multiple";
        configuration["ingress"] ??= new JsonObject { ["external"] = true, ["targetPort"] = 8080 };
        return configuration.ToJsonString();
    }
}
