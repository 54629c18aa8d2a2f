using System.Net;
using Orchestrator.Sandbox.Faults;
using Orchestrator.Sandbox.Models;

namespace Orchestrator.Sandbox.Tests.Models;

/// <summary>Online endpoints let their servers answer, by their shares or by name.</summary>
public sealed class OnlineEndpointModelTests
{
    [Fact]
    public async Task The_server_that_has_the_traffic_answers_with_its_own_weights()
    {
        await using var sandbox = await StartAsync();

        var body = await sandbox.AskOnlineAsync(ModelServers.Chat("qwen", "ping")).JsonAsync(200);

        body.Text("model").ShouldBe("qwen");
        body["choices"]![0]!["message"]!.Text("content").ShouldBe("pong");
        (await RootAsync(sandbox, null)).ShouldBe($"/weights/{ModelServers.Digest}");
        (await RootAsync(sandbox, "green")).ShouldBe($"/weights/{ModelServers.OtherDigest}");
    }

    [Fact]
    public async Task Requests_are_shared_by_the_endpoints_traffic()
    {
        await using var sandbox = await StartAsync();
        (await sandbox.ShareAsync("""{ "blue": 90, "green": 10 }""")).ShouldBe(200);
        var seen = new List<string>();
        for (var request = 0; request < 100; request++)
        {
            using var response = await sandbox.AskOnlineAsync(ModelServers.Chat("qwen", "ping"));
            seen.Add(response.Headers.GetValues("azureml-model-deployment").Single());
        }

        seen.CountBy(server => server).ToDictionary().ShouldBe(new Dictionary<string, int> { ["blue"] = 90, ["green"] = 10 }, ignoreOrder: true);
    }

    [Fact]
    public async Task Requests_that_name_no_server_are_copied_and_counted_and_those_that_name_one_are_not()
    {
        await using var sandbox = await StartAsync();
        (await sandbox.MirrorAsync("""{ "blue": 100 }""", """{ "green": 50 }""")).ShouldBe(200);
        sandbox.Public.ModelFaults.Set("green", ModelFaultKind.Errors);
        for (var request = 0; request < 40; request++)
        {
            (await sandbox.AskOnlineAsync(ModelServers.Chat("qwen", "ping"))).StatusCode.ShouldBe(HttpStatusCode.OK, "nobody sees what became of a copy");
            (await sandbox.AskOnlineAsync(ModelServers.Chat("qwen", "ping"), "blue")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await sandbox.CountedAsync()).ShouldBeEmpty("its minute is not over");
        sandbox.Time.Advance(TimeSpan.FromMinutes(1));

        var counted = await sandbox.CountedAsync();
        counted[("blue", "200", "200")].ShouldBe(80);
        counted[("green", "424", "500")].ShouldBeInRange(10, 30, "about half of the forty");
        counted.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_server_stays_while_requests_or_copies_go_to_it()
    {
        await using var sandbox = await StartAsync();
        (await sandbox.MirrorAsync("""{ "blue": 100 }""", """{ "green": 50 }""")).ShouldBe(200);

        (await sandbox.RemoveServerAsync("blue")).ShouldBe(400);
        (await sandbox.RemoveServerAsync("green")).ShouldBe(400);

        (await sandbox.ShareAsync("""{ "blue": 100 }""")).ShouldBe(200);
        (await sandbox.RemoveServerAsync("green")).ShouldBe(200);
    }

    [Fact]
    public async Task A_server_that_loads_is_unavailable()
    {
        await using var sandbox = await RunningSandbox.StartAsync(new() { ArmOperation = TimeSpan.FromSeconds(30) });
        sandbox.Public.Models.Add(SandboxModel.Open("qwen", ModelServers.Digest));
        await sandbox.ChangeAsync(sandbox.Public, HttpMethod.Put, ArmRequests.Group(sandbox.Public), """{ "location": "eastus2" }""");
        await sandbox.PutServerAsync(string.Empty, """{ "location": "eastus2" }""");
        await sandbox.PutServerAsync("/onlineEndpoints/chat", """{ "location": "eastus2" }""");
        await sandbox.PutServerAsync("/onlineEndpoints/chat/deployments/blue", $$"""{ "location": "eastus2", "properties": { "environmentVariables": { "WEIGHTS_DIGEST": "{{ModelServers.Digest}}" } } }""");

        (await sandbox.AskOnlineAsync(ModelServers.Chat("blue", "ping"), "blue")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        sandbox.Time.Advance(TimeSpan.FromSeconds(30));
        (await sandbox.AskOnlineAsync(ModelServers.Chat("blue", "ping"), "blue").TextAsync()).ShouldBe("pong");
    }

    [Fact]
    public async Task What_cannot_be_reached_is_told_apart()
    {
        await using var sandbox = await StartAsync();
        (await sandbox.PutServerAsync("/onlineEndpoints/chat/deployments/stray", """{ "location": "eastus2", "properties": { "environmentVariables": { "WEIGHTS_DIGEST": "ffff", "SERVED_MODEL_NAME": "unknown" } } }""")).ShouldBe(201);

        (await sandbox.AskOnlineAsync(ModelServers.Chat("qwen", "ping"), "red").JsonAsync(404))["error"]!.Text("message").ShouldContain("'red'");
        using var refused = await sandbox.AskOnlineAsync(ModelServers.Chat("llama", "ping"));
        ((int)refused.StatusCode, refused.Headers.GetValues("ms-azureml-model-error-statuscode").Single()).ShouldBe((424, "404"), "what the server itself refuses is told so");
        (await Task.FromResult(refused).JsonAsync(424))["error"]!.Text("type").ShouldBe("NotFoundError");
        (await sandbox.AskOnlineAsync(ModelServers.Chat("unknown", "ping"), "stray").JsonAsync(502))["error"]!.Text("message").ShouldContain("ffff");
        (await sandbox.ShareAsync("{}")).ShouldBe(200);
        (await sandbox.AskOnlineAsync(ModelServers.Chat("qwen", "ping")).JsonAsync(404))["error"]!.Text("message").ShouldContain("traffic");
    }

    [Fact]
    public async Task Only_tokens_for_online_endpoints_are_taken()
    {
        await using var sandbox = await StartAsync();

        foreach (var scope in (string[])[ModelServers.ModelScope, sandbox.Public.ArmAudience + "/.default"])
        {
            (await sandbox.AskOnlineAsync(ModelServers.Chat("qwen", "ping"), scope: scope).JsonAsync(401))["error"]!.Text("code").ShouldBe("InvalidAuthenticationTokenAudience");
        }
    }

    private static async Task<RunningSandbox> StartAsync()
    {
        var sandbox = await RunningSandbox.StartAsync();
        sandbox.Public.Models.Add(SandboxModel.Open("qwen", ModelServers.Digest));
        sandbox.Public.Models.Add(SandboxModel.Open("qwen-next", ModelServers.OtherDigest));
        await sandbox.DeployOpenAsync(ModelServers.Digest, ModelServers.OtherDigest);
        return sandbox;
    }

    private static async Task<string> RootAsync(RunningSandbox sandbox, string? deployment)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(sandbox.Public.Host("chat.inference"), "v1/models"));
        request.Headers.Authorization = new("Bearer", await sandbox.TokenAsync(sandbox.Public, ModelServers.ServerScope));
        request.Headers.Add("azureml-model-deployment", deployment is null ? [] : [deployment]);
        return (await sandbox.Http.SendAsync(request).JsonAsync(200))["data"]![0]!.Text("root");
    }
}
