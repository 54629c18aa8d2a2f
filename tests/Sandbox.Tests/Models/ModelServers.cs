using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Models;

namespace Orchestrator.Sandbox.Tests.Models;

/// <summary>Model servers that tests set up and ask.</summary>
internal static class ModelServers
{
    public const string ModelScope = "https://cognitiveservices.azure.com/.default";
    public const string ServerScope = "https://ml.azure.com/.default";
    public static readonly string Digest = new('a', 64);
    public static readonly string OtherDigest = new('b', 64);

    private const string Accounts = "2025-06-01";
    private const string Servers = "2025-12-01";

    /// <summary>Makes the account <c>ai</c> with a deployment of a closed model.</summary>
    public static async Task DeployAsync(this RunningSandbox sandbox, string deployment = "assistant", string version = "2026-08-07", int capacity = 1_000, string? policy = null)
    {
        var cloud = sandbox.Public;
        await sandbox.ChangeAsync(cloud, HttpMethod.Put, ArmRequests.Group(cloud), """{ "location": "eastus2" }""");
        (await sandbox.PutAsync("Microsoft.CognitiveServices/accounts/ai", Accounts, """{ "location": "eastus2", "kind": "AIServices" }""")).Status.ShouldBeInRange(200, 201);
        var (status, body) = await sandbox.PutDeploymentAsync(deployment, Deployment("gpt-5", version, "DataZoneStandard", capacity, policy));
        status.ShouldBe(201, body);
    }

    public static Task<(int Status, string Body)> PutDeploymentAsync(this RunningSandbox sandbox, string deployment, string body) =>
        sandbox.PutAsync($"Microsoft.CognitiveServices/accounts/ai/deployments/{deployment}", Accounts, body);

    public static string Deployment(string model, string version, string sku, int capacity, string? policy = null) => new JsonObject
    {
        ["sku"] = new JsonObject { ["name"] = sku, ["capacity"] = capacity },
        ["properties"] = new JsonObject { ["model"] = new JsonObject { ["format"] = "OpenAI", ["name"] = model, ["version"] = version }, ["raiPolicyName"] = policy },
    }.ToJsonString();

    /// <summary>Makes the online endpoint <c>chat</c> with a server for each of the weights, blue then green, and gives blue all the traffic.</summary>
    public static async Task DeployOpenAsync(this RunningSandbox sandbox, params string[] digests)
    {
        var cloud = sandbox.Public;
        await sandbox.ChangeAsync(cloud, HttpMethod.Put, ArmRequests.Group(cloud), """{ "location": "eastus2" }""");
        (await sandbox.PutServerAsync(string.Empty, """{ "location": "eastus2" }""")).ShouldBe(201);
        (await sandbox.PutServerAsync("/onlineEndpoints/chat", """{ "location": "eastus2", "properties": { "authMode": "AADToken" } }""")).ShouldBe(201);
        foreach (var (colour, digest) in new[] { "blue", "green" }.Zip(digests))
        {
            (await sandbox.PutServerAsync($"/onlineEndpoints/chat/deployments/{colour}", $$"""
                { "location": "eastus2", "properties": { "environmentVariables": { "WEIGHTS_DIGEST": "{{digest}}", "SERVED_MODEL_NAME": "qwen" } } }
                """)).ShouldBe(201);
        }

        (await sandbox.ShareAsync("""{ "blue": 100 }""")).ShouldBe(200);
    }

    public static Task<int> ShareAsync(this RunningSandbox sandbox, string traffic) =>
        sandbox.PutServerAsync("/onlineEndpoints/chat", $$"""{ "location": "eastus2", "properties": { "authMode": "AADToken", "traffic": {{traffic}} } }""");

    /// <summary>Shares the endpoint's requests, and copies them.</summary>
    public static Task<int> MirrorAsync(this RunningSandbox sandbox, string traffic, string mirror) =>
        sandbox.PutServerAsync("/onlineEndpoints/chat", $$"""{ "location": "eastus2", "properties": { "authMode": "AADToken", "traffic": {{traffic}}, "mirrorTraffic": {{mirror}} } }""");

    public static async Task<int> RemoveServerAsync(this RunningSandbox sandbox, string server)
    {
        using var response = await sandbox.SendAsync(sandbox.Public, HttpMethod.Delete, $"{Endpoint(sandbox)}/deployments/{server}?api-version={Servers}");
        return (int)response.StatusCode;
    }

    /// <summary>What Azure Monitor has counted at the endpoint within the last quarter of an hour, by server, status and the server's own status.</summary>
    public static async Task<IReadOnlyDictionary<(string Server, string Status, string ModelStatus), double>> CountedAsync(this RunningSandbox sandbox)
    {
        var now = sandbox.Time.GetUtcNow();
        var query = $"api-version=2018-01-01&metricnames=RequestsPerMinute&aggregation=Average&interval=PT1M&timespan={now.AddMinutes(-15):yyyy-MM-ddTHH:mm:ssZ}/{now:yyyy-MM-ddTHH:mm:ssZ}";
        using var response = await sandbox.SendAsync(sandbox.Public, HttpMethod.Get, $"{Endpoint(sandbox)}/providers/Microsoft.Insights/metrics?{query}&$filter=deployment eq '*' and statusCode eq '*' and modelStatusCode eq '*'");
        var series = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["value"]![0]!["timeseries"]!.AsArray();
        return series.ToDictionary(
            one => (Label(one!, 0), Label(one!, 1), Label(one!, 2)),
            one => one!["data"]!.AsArray().Sum(minute => minute!["average"]!.GetValue<double>()));
    }

    private static string Label(JsonNode series, int index) => series["metadatavalues"]![index]!.Text("value");

    private static string Endpoint(RunningSandbox sandbox) => $"{ArmRequests.Group(sandbox.Public)}/providers/Microsoft.MachineLearningServices/workspaces/w/onlineEndpoints/chat";

    public static async Task<int> PutServerAsync(this RunningSandbox sandbox, string path, string body) =>
        (await sandbox.PutAsync($"Microsoft.MachineLearningServices/workspaces/w{path}", Servers, body)).Status;

    /// <summary>Lets the external server <c>ascend</c> serve a model as <c>qwen</c>; the result is its address.</summary>
    public static Uri ServeExternally(this RunningSandbox sandbox, SandboxModel model, ServingEngine engine = ServingEngine.Vllm)
    {
        sandbox.China.Models.Add(model);
        sandbox.China.External.Serve("ascend", new("qwen", model.WeightsDigest!, engine));
        return sandbox.China.External.AddressOf("ascend");
    }

    public static Uri Host(this SandboxCloud cloud, string name) => new($"https://{name}.{cloud.Options.Name}.localhost:{cloud.ArmEndpoint.Port}/");

    public static async Task<string> TokenAsync(this RunningSandbox sandbox, SandboxCloud cloud, string scope) =>
        (await sandbox.Credential(cloud).GetTokenAsync(new([scope]), TestContext.Current.CancellationToken)).Token;

    public static JsonObject Chat(string model, string prompt) => new()
    {
        ["model"] = model,
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = prompt }),
    };

    /// <summary>Posts to a model server.</summary>
    public static async Task<HttpResponseMessage> PostAsync(this RunningSandbox sandbox, Uri server, string path, JsonNode body, string? token = null, string? deployment = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, path)) { Content = new StringContent(body.ToJsonString(), MediaTypeHeaderValue.Parse("application/json")) };
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        if (deployment is not null)
        {
            request.Headers.Add("azureml-model-deployment", deployment);
        }

        return await sandbox.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Asks the deployment of the account <c>ai</c>.</summary>
    public static async Task<HttpResponseMessage> AskClosedAsync(this RunningSandbox sandbox, JsonNode body, string scope = ModelScope) =>
        await sandbox.PostAsync(sandbox.Public.Host("ai.cognitiveservices"), "openai/v1/chat/completions", body, await sandbox.TokenAsync(sandbox.Public, scope));

    /// <summary>Asks the online endpoint <c>chat</c>.</summary>
    public static async Task<HttpResponseMessage> AskOnlineAsync(this RunningSandbox sandbox, JsonNode body, string? deployment = null, string scope = ServerScope) =>
        await sandbox.PostAsync(sandbox.Public.Host("chat.inference"), "v1/chat/completions", body, await sandbox.TokenAsync(sandbox.Public, scope), deployment);

    /// <summary>The only choice of an answer.</summary>
    public static async Task<JsonNode> ChoiceAsync(this Task<HttpResponseMessage> sending) => (await sending.JsonAsync(200))["choices"]!.AsArray().ShouldHaveSingleItem()!;

    public static async Task<string> TextAsync(this Task<HttpResponseMessage> sending) => (await sending.ChoiceAsync())["message"]!.Text("content");

    public static async Task<JsonNode> JsonAsync(this Task<HttpResponseMessage> sending, int status)
    {
        using var response = await sending;
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(status, text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>The chunks of a stream, of which the last one said that it was.</summary>
    public static async Task<IReadOnlyList<JsonNode>> ChunksAsync(this Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var events = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        events.ShouldAllBe(one => one.StartsWith("data: "));
        events[^1].ShouldBe("data: [DONE]");
        return [.. events[..^1].Select(one => JsonNode.Parse(one["data: ".Length..])!)];
    }

    private static async Task<(int Status, string Body)> PutAsync(this RunningSandbox sandbox, string path, string version, string body)
    {
        using var response = await sandbox.SendAsync(sandbox.Public, HttpMethod.Put, $"{ArmRequests.Group(sandbox.Public)}/providers/{path}?api-version={version}", body);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
