using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Faults;

namespace Orchestrator.Sandbox.Tests.Models;

/// <summary>Models are steered from outside.</summary>
public sealed class ModelControlTests
{
    [Fact]
    public async Task A_model_is_added_shown_and_served()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        (await PutAsync(sandbox, "models", new { name = "qwen3", weightsDigest = ModelServers.Digest, quality = 0.5 })).ShouldBe((HttpStatusCode.NoContent, string.Empty));
        var (_, served) = await PutAsync(sandbox, "external/ascend", new { servedName = "qwen", weightsDigest = ModelServers.Digest, engine = "sglang" });

        var listed = (await sandbox.Http.GetFromJsonAsync<JsonNode>($"{sandbox.Host.ControlUrl}/clouds/azure-public/models"))!.AsArray();
        listed.Select(model => model!.Text("name")).ShouldBe(["gpt-5", "gpt-5", "gpt-5-mini", "qwen3"]);
        listed[3]!["quality"]!.GetValue<double>().ShouldBe(0.5);
        (await sandbox.PostAsync(new(JsonNode.Parse(served)!.Text("address")), "v1/chat/completions", ModelServers.Chat("qwen", "ping")).TextAsync()).ShouldBe("pong");
    }

    [Fact]
    public async Task Upgrades_and_faults_take_hold_at_once()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.DeployAsync();

        (await PutAsync(sandbox, "models/gpt-5/upgrade", new { from = "2026-08-07", to = "2026-10-01" })).Status.ShouldBe(HttpStatusCode.NoContent);
        (await sandbox.AskClosedAsync(ModelServers.Chat("assistant", "ping")).JsonAsync(200)).Text("model").ShouldBe("gpt-5-2026-10-01");
        foreach (var kind in ModelFaultKinds.Names)
        {
            (await PutAsync(sandbox, "models/assistant/fault", new { kind })).Status.ShouldBe(HttpStatusCode.NoContent);
            sandbox.Public.ModelFaults.All.ShouldBe(new Dictionary<string, ModelFaultKind> { ["assistant"] = ModelFaultKinds.Parse(kind)!.Value });
        }

        await sandbox.Http.DeleteAsync($"{sandbox.Host.ControlUrl}/clouds/azure-public/models/assistant/fault");
        sandbox.Public.ModelFaults.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("models", """{ "name": "qwen3" }""", "weightsDigest")]
    [InlineData("models", """{ "name": "qwen3", "version": "1", "quality": 2 }""", "quality")]
    [InlineData("models", "nothing", "weightsDigest")]
    [InlineData("models/gpt-5/upgrade", """{ "from": "2026-08-07", "to": "2031-01-01" }""", "in the catalog")]
    [InlineData("models/gpt-5/fault", """{ "kind": "melting" }""", "other-model, rate-limited")]
    [InlineData("external/ascend", """{ "servedName": "qwen", "weightsDigest": "aa", "engine": "steam" }""", "vllm or sglang")]
    public async Task What_cannot_be_set_is_refused_with_what_can(string path, string body, string expected)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        using var response = await sandbox.Http.PutAsync($"{sandbox.Host.ControlUrl}/clouds/azure-public/{path}", new StringContent(body));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadFromJsonAsync<JsonNode>())!.Text("detail").ShouldContain(expected);
    }

    private static async Task<(HttpStatusCode Status, string Body)> PutAsync(RunningSandbox sandbox, string path, object body)
    {
        using var response = await sandbox.Http.PutAsJsonAsync($"{sandbox.Host.ControlUrl}/clouds/azure-public/{path}", body);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
