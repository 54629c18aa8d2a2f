using Orchestrator.Sandbox.Faults;
using Orchestrator.Sandbox.Models;

namespace Orchestrator.Sandbox.Tests.Models;

/// <summary>Models fail on demand, by their own name or their deployment's.</summary>
public sealed class ModelFaultTests
{
    [Theory]
    [InlineData("assistant")]
    [InlineData("gpt-5")]
    [InlineData("gpt-5-2026-08-07")]
    public async Task A_fault_takes_hold_of_a_deployment_a_model_or_a_version(string target)
    {
        await using var sandbox = await StartAsync();

        sandbox.Public.ModelFaults.Set(target, ModelFaultKind.OtherModel);
        (await AskAsync(sandbox).JsonAsync(200)).Text("model").ShouldBe("other-than-gpt-5-2026-08-07");

        sandbox.Public.ModelFaults.Clear(target);
        (await AskAsync(sandbox).JsonAsync(200)).Text("model").ShouldBe("gpt-5-2026-08-07");
    }

    [Theory]
    [InlineData(ModelFaultKind.Errors, 500, "InternalServerError")]
    [InlineData(ModelFaultKind.RateLimited, 429, "RateLimitReached")]
    [InlineData(ModelFaultKind.Filtered, 400, "content_filter")]
    public async Task Requests_fail_as_they_do_in_azure(ModelFaultKind kind, int status, string code)
    {
        await using var sandbox = await StartAsync();
        sandbox.Public.ModelFaults.Set("assistant", kind);

        using var response = await AskAsync(sandbox);

        (await Task.FromResult(response).JsonAsync(status))["error"]!.Text("code").ShouldBe(code);
        response.Headers.Contains("retry-after-ms").ShouldBe(status == 429);
    }

    [Fact]
    public async Task An_answer_that_the_filter_stops_says_so()
    {
        await using var sandbox = await StartAsync();
        sandbox.Public.ModelFaults.Set("assistant", ModelFaultKind.OutputFiltered);
        var request = ModelServers.Chat("assistant", "ping");

        var choice = await AskAsync(sandbox).ChoiceAsync();
        request["stream"] = true;
        var chunks = await sandbox.AskClosedAsync(request).ChunksAsync();

        (choice.Text("finish_reason"), choice["message"]!.Text("content")).ShouldBe(("content_filter", string.Empty));
        choice["content_filter_results"]!["violence"]!["filtered"]!.GetValue<bool>().ShouldBeTrue();
        chunks[^1]["choices"]![0]!.Text("finish_reason").ShouldBe("content_filter");
    }

    [Fact]
    public async Task A_fault_may_take_hold_of_some_requests_only()
    {
        await using var sandbox = await StartAsync();
        sandbox.Public.ModelFaults.Set("assistant", ModelFaultKind.Errors, 0.3);
        var failed = 0;
        for (var request = 0; request < 10; request++)
        {
            using var response = await AskAsync(sandbox);
            failed += response.IsSuccessStatusCode ? 0 : 1;
        }

        failed.ShouldBe(3);
    }

    [Fact]
    public async Task A_slow_model_takes_three_seconds_more()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var server = sandbox.ServeExternally(SandboxModel.Open("qwen3", ModelServers.Digest));
        sandbox.China.ModelFaults.Set("qwen3", ModelFaultKind.Slow);

        var answering = sandbox.PostAsync(server, "v1/chat/completions", ModelServers.Chat("qwen", "ping"));
        await sandbox.Time.PassAsync(TimeSpan.FromSeconds(3));

        (await answering.TextAsync()).ShouldBe("pong");
    }

    private static Task<HttpResponseMessage> AskAsync(RunningSandbox sandbox) => sandbox.AskClosedAsync(ModelServers.Chat("assistant", "ping"));

    private static async Task<RunningSandbox> StartAsync()
    {
        var sandbox = await RunningSandbox.StartAsync();
        await sandbox.DeployAsync();
        return sandbox;
    }
}
