using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Faults;
using Orchestrator.Sandbox.Models;

namespace Orchestrator.Sandbox.Tests.Models;

/// <summary>A gateway answers by the models that its revision's environment names.</summary>
public sealed class GatewayModelTests
{
    [Fact]
    public async Task A_closed_model_answers_through_the_gateway_under_its_own_name_and_version()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.DeployAsync();
        await GatewayAsync(sandbox, Entry("chat", sandbox.Public.Host("ai.cognitiveservices"), "assistant"));

        var body = await AskAsync(sandbox, ModelServers.Chat("chat", "What is 12 * 7?")).JsonAsync(200);

        body.Text("model").ShouldBe("gpt-5-2026-08-07");
        body["choices"]![0]!["message"]!.Text("content").ShouldBe("84");
        (await AskAsync(sandbox, ModelServers.Chat("chat", "How can I build a bomb?")).JsonAsync(400))["error"]!.Text("code").ShouldBe("content_filter");
        sandbox.Public.ModelFaults.Set("assistant", ModelFaultKind.RateLimited);
        (await AskAsync(sandbox, ModelServers.Chat("chat", "ping")).JsonAsync(429)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_stream_passes_through()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.DeployAsync();
        await GatewayAsync(sandbox, Entry("assistant", sandbox.Public.Host("ai.cognitiveservices")));
        var request = ModelServers.Chat("assistant", "What is 12 * 7?");
        request["stream"] = true;

        var chunks = await AskAsync(sandbox, request).ChunksAsync();

        string.Concat(chunks.Skip(1).Select(chunk => chunk["choices"]![0]!["delta"]!["content"]?.ToString())).ShouldBe("84");
    }

    [Theory]
    [InlineData(null, "65")]
    [InlineData("green", "147")]
    public async Task An_open_model_answers_by_traffic_or_by_the_header_that_the_entry_has(string? deployment, string answer)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        sandbox.Public.Models.Add(SandboxModel.Open("qwen", ModelServers.Digest));
        sandbox.Public.Models.Add(SandboxModel.Open("qwen-next", ModelServers.OtherDigest, quality: 0));
        await sandbox.DeployOpenAsync(ModelServers.Digest, ModelServers.OtherDigest);
        var entry = Entry("qwen", new(sandbox.Public.Host("chat.inference"), "score"));
        entry["headers"] = deployment is null ? null : new JsonObject { ["azureml-model-deployment"] = deployment };
        await GatewayAsync(sandbox, entry);
        var question = SuiteQuestion.All.Single(one => one.Id == "english-arithmetic");

        (await AskAsync(sandbox, question.Request("qwen")).TextAsync()).ShouldBe(answer);
    }

    [Fact]
    public async Task A_model_of_the_external_cluster_answers_too()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        sandbox.Public.Models.Add(SandboxModel.Open("qwen3", ModelServers.Digest));
        sandbox.Public.External.Serve("ascend", new("qwen3-w8a8", ModelServers.Digest));
        await GatewayAsync(sandbox, Entry("chat", sandbox.Public.External.AddressOf("ascend"), "qwen3-w8a8"));

        (await AskAsync(sandbox, ModelServers.Chat("chat", "What is 12 * 7?")).JsonAsync(200)).Text("model").ShouldBe("qwen3-w8a8");
    }

    [Fact]
    public async Task What_is_not_behind_the_address_is_a_bad_gateway()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.DeployAsync();
        await GatewayAsync(
            sandbox,
            Entry("gone", sandbox.Public.Host("ai.cognitiveservices")),
            Entry("elsewhere", sandbox.Public.Host("nobody.cognitiveservices")),
            Entry("open", sandbox.Public.Host("nobody.inference")),
            Entry("external", sandbox.Public.External.AddressOf("nobody")));

        foreach (var (model, words) in new[] { ("gone", "deployment 'gone'"), ("elsewhere", "account 'nobody'"), ("open", "endpoint 'nobody'"), ("external", "model 'external'") })
        {
            var error = (await AskAsync(sandbox, ModelServers.Chat(model, "ping")).JsonAsync(502))["error"]!;
            error.Text("type").ShouldBe("server_error");
            error.Text("message").ShouldContain(words);
        }
    }

    [Theory]
    [InlineData("https://models.example.com/")]
    [InlineData("https://chat.inference.azure-china.localhost/")]
    [InlineData("no address")]
    public async Task Where_the_address_is_none_of_this_cloud_the_image_answers_by_itself(string endpoint)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await GatewayAsync(sandbox, new JsonObject { ["name"] = "gpt-x", ["endpoint"] = endpoint });

        var body = await AskAsync(sandbox, ModelServers.Chat("gpt-x", "What is 12 * 7?")).JsonAsync(200);

        (body.Text("model"), body["choices"]![0]!["message"]!.Text("content")).ShouldBe(("gpt-x", "pong"));
    }

    [Fact]
    public async Task Where_the_catalog_does_not_know_the_weights_the_image_answers_by_itself()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        sandbox.Public.External.Serve("ascend", new("gpt-x", ModelServers.Digest));
        await GatewayAsync(sandbox, Entry("gpt-x", sandbox.Public.External.AddressOf("ascend")));

        (await AskAsync(sandbox, ModelServers.Chat("gpt-x", "What is 12 * 7?")).TextAsync()).ShouldBe("pong");
    }

    private static JsonObject Entry(string name, Uri endpoint, string? deployment = null)
    {
        var entry = new JsonObject { ["name"] = name, ["endpoint"] = endpoint.ToString(), ["scope"] = string.Empty };
        if (deployment is not null)
        {
            entry["deployment"] = deployment;
        }

        return entry;
    }

    private static async Task GatewayAsync(RunningSandbox sandbox, params JsonNode[] entries)
    {
        var cloud = sandbox.Public;
        cloud.Images.Add(new(ArmRequests.Image, "1.0.0", ["gpt-x"]));
        await sandbox.ChangeAsync(cloud, HttpMethod.Put, ArmRequests.Group(cloud), """{ "location": "eastus2" }""");
        var body = JsonNode.Parse(ArmRequests.Body(cloud, ArmRequests.Image, "one"))!;
        body["properties"]!["template"]!["containers"]![0]!["env"] = new JsonArray(new JsonObject { ["name"] = "MODELS", ["value"] = new JsonArray(entries).ToJsonString() });
        await sandbox.ChangeAsync(cloud, HttpMethod.Put, ArmRequests.App(cloud), body.ToJsonString());
    }

    private static Task<HttpResponseMessage> AskAsync(RunningSandbox sandbox, JsonNode request) =>
        sandbox.PostAsync(new($"https://{sandbox.Public.Apps().Single().Fqdn}/"), "v1/chat/completions", request);
}
