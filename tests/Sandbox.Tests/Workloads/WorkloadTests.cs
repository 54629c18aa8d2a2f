using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Tests.Workloads;

public sealed class WorkloadTests
{
    [Fact]
    public async Task Every_revision_answers_on_its_own_address_with_its_own_version()
    {
        await using var sandbox = await StartAsync();

        (await VersionAsync(sandbox, await FqdnAsync(sandbox, "one"))).ShouldBe("1.0.0");
        (await VersionAsync(sandbox, await FqdnAsync(sandbox, "two"))).ShouldBe("1.1.0");
    }

    [Fact]
    public async Task The_apps_address_follows_the_weights()
    {
        await using var sandbox = await StartAsync();
        await sandbox.PatchAsync(sandbox.Public, """
            { "configuration": { "ingress": { "traffic": [ { "revisionName": "gateway--one", "weight": 75 }, { "revisionName": "gateway--two", "weight": 25 } ] } } }
            """);
        var fqdn = sandbox.Public.Apps().Single().Fqdn;
        var seen = new List<string>();
        for (var request = 0; request < 100; request++)
        {
            seen.Add(await VersionAsync(sandbox, fqdn));
        }

        seen.CountBy(version => version).ToDictionary().ShouldBe(new Dictionary<string, int> { ["1.0.0"] = 75, ["1.1.0"] = 25 }, ignoreOrder: true);
    }

    [Fact]
    public async Task A_label_has_an_address_whatever_its_weight()
    {
        await using var sandbox = await StartAsync();
        await sandbox.PatchAsync(sandbox.Public, """
            { "configuration": { "ingress": { "traffic": [ { "revisionName": "gateway--one", "weight": 100 }, { "revisionName": "gateway--two", "weight": 0, "label": "candidate" } ] } } }
            """);
        var fqdn = sandbox.Public.Apps().Single().Fqdn;

        (await VersionAsync(sandbox, fqdn.Replace("gateway.", "gateway---candidate.", StringComparison.Ordinal))).ShouldBe("1.1.0");
    }

    [Fact]
    public async Task Models_are_listed_as_openai_lists_them()
    {
        await using var sandbox = await StartAsync();

        var models = await sandbox.Http.GetFromJsonAsync<JsonNode>($"https://{await FqdnAsync(sandbox, "two")}/v1/models");

        models.ShouldNotBeNull().Text("object").ShouldBe("list");
        models["data"]!.AsArray().Select(model => model!.Text("id")).ShouldBe(["gpt-x", "gpt-y"]);
    }

    [Fact]
    public async Task A_chat_is_completed_at_once_or_as_a_stream()
    {
        await using var sandbox = await StartAsync();

        using var whole = await ChatAsync(sandbox, """{ "model": "gpt-x", "messages": [ { "role": "user", "content": "ping" } ] }""");
        using var streamed = await ChatAsync(sandbox, """{ "model": "gpt-x", "stream": true, "messages": [] }""");

        var body = await whole.Content.ReadFromJsonAsync<JsonNode>();
        body.ShouldNotBeNull().Text("model").ShouldBe("gpt-x");
        body["choices"]![0]!["message"]!.Text("role").ShouldBe("assistant");
        streamed.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var lines = (await streamed.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldAllBe(line => line.StartsWith("data: "));
        lines[^1].ShouldBe("data: [DONE]");
    }

    [Theory]
    [InlineData("""{ "model": "gpt-y" }""", 404, "model_not_found")]
    [InlineData("""{ "messages": [] }""", 404, "model_not_found")]
    [InlineData("no json", 400, null)]
    public async Task A_chat_that_cannot_be_completed_is_refused_in_openais_words(string request, int status, string? code)
    {
        await using var sandbox = await StartAsync();

        using var response = await ChatAsync(sandbox, request);

        ((int)response.StatusCode).ShouldBe(status);
        var error = (await response.Content.ReadFromJsonAsync<JsonNode>())!["error"]!;
        error.Text("type").ShouldBe("invalid_request_error");
        error["code"]?.GetValue<string>().ShouldBe(code);
    }

    [Fact]
    public async Task What_is_not_there_or_does_not_run_does_not_answer()
    {
        await using var sandbox = await StartAsync();
        var fqdn = sandbox.Public.Apps().Single().Fqdn;
        await sandbox.SendAsync(sandbox.Public, HttpMethod.Post, $"{ArmRequests.App(sandbox.Public)}/revisions/gateway--two/deactivate".Versioned());

        (await sandbox.Http.GetAsync($"https://{fqdn.Replace("gateway", "nothing", StringComparison.Ordinal)}/health")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await sandbox.Http.GetAsync($"https://{await FqdnAsync(sandbox, "two")}/health")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await sandbox.Http.GetAsync($"https://{fqdn}/nowhere")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<RunningSandbox> StartAsync()
    {
        var sandbox = await RunningSandbox.StartAsync();
        await sandbox.CreateAppAsync(sandbox.Public);
        await sandbox.CreateCandidateAsync(sandbox.Public);
        return sandbox;
    }

    private static async Task<string> FqdnAsync(RunningSandbox sandbox, string suffix) => (await sandbox.RevisionAsync(sandbox.Public, suffix)).Text("fqdn");

    private static async Task<string> VersionAsync(RunningSandbox sandbox, string fqdn) =>
        (await sandbox.Http.GetFromJsonAsync<JsonNode>($"https://{fqdn}/version"))!.Text("version");

    private static async Task<HttpResponseMessage> ChatAsync(RunningSandbox sandbox, string body) =>
        await sandbox.Http.PostAsync($"https://{await FqdnAsync(sandbox, "one")}/v1/chat/completions", new StringContent(body));
}
