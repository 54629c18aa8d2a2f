using System.Net;
using Orchestrator.Sandbox.Models;

namespace Orchestrator.Sandbox.Tests.Models;

/// <summary>External servers answer as vLLM and SGLang do.</summary>
public sealed class ExternalClusterTests
{
    [Fact]
    public async Task Vllm_tells_its_version_its_models_and_what_it_counts()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var server = sandbox.ServeExternally(SandboxModel.Open("qwen3", ModelServers.Digest));
        (await sandbox.PostAsync(server, "v1/chat/completions", ModelServers.Chat("qwen", "ping")).TextAsync()).ShouldBe("pong");

        (await sandbox.Http.GetStringAsync(new Uri(server, "health"))).ShouldBeEmpty();
        (await sandbox.Http.GetAsync(new Uri(server, "version")).JsonAsync(200)).Text("version").ShouldNotBeEmpty();
        var model = (await sandbox.Http.GetAsync(new Uri(server, "v1/models")).JsonAsync(200))["data"]!.AsArray().ShouldHaveSingleItem()!;
        (model.Text("id"), model.Text("root"), model["max_model_len"]!.GetValue<int>()).ShouldBe(("qwen", $"/weights/{ModelServers.Digest}", 32_768));
        var metrics = await sandbox.Http.GetStringAsync(new Uri(server, "metrics"));
        metrics.ShouldContain("vllm:generation_tokens_total{model_name=\"qwen\"} 1\n");
        metrics.ShouldContain("vllm:request_success_total{model_name=\"qwen\",finished_reason=\"stop\"} 1\n");
        metrics.ShouldContain("vllm:time_to_first_token_seconds_count{model_name=\"qwen\"} 1\n");
        metrics.ShouldContain("vllm:num_requests_running{model_name=\"qwen\"} 0\n");
        (await sandbox.Http.GetAsync(new Uri(server, "get_model_info"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Sglang_is_told_by_its_own_paths()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var server = sandbox.ServeExternally(SandboxModel.Open("qwen3", ModelServers.Digest), ServingEngine.Sglang);
        (await sandbox.PostAsync(server, "v1/chat/completions", ModelServers.Chat("qwen", "ping")).TextAsync()).ShouldBe("pong");

        (await sandbox.Http.GetAsync(new Uri(server, "get_model_info")).JsonAsync(200)).Text("model_path").ShouldBe($"/weights/{ModelServers.Digest}");
        (await sandbox.Http.GetAsync(new Uri(server, "get_server_info")).JsonAsync(200)).Text("served_model_name").ShouldBe("qwen");
        (await sandbox.Http.GetAsync(new Uri(server, "health_generate"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await sandbox.Http.GetStringAsync(new Uri(server, "metrics"))).ShouldContain("sglang:generation_tokens_total{model_name=\"qwen\"} 1\n");
        (await sandbox.Http.GetAsync(new Uri(server, "version"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await sandbox.PostAsync(server, "v1/chat/completions", ModelServers.Chat("llama", "ping")).JsonAsync(404)).Text("object").ShouldBe("error");
    }

    [Fact]
    public async Task While_weights_load_vllm_has_no_port_and_sglang_is_unavailable()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var cluster = sandbox.China.External;
        sandbox.China.Models.Add(SandboxModel.Open("qwen3", ModelServers.Digest));
        var ready = sandbox.Time.GetUtcNow().AddMinutes(10);
        cluster.Serve("vllm", new("qwen", ModelServers.Digest) { LoadedFrom = ready });
        cluster.Serve("sglang", new("qwen", ModelServers.Digest, ServingEngine.Sglang) { LoadedFrom = ready });

        await Should.ThrowAsync<HttpRequestException>(() => sandbox.Http.GetAsync(new Uri(cluster.AddressOf("vllm"), "health")));
        (await sandbox.Http.GetAsync(new Uri(cluster.AddressOf("sglang"), "health"))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        sandbox.Time.Advance(TimeSpan.FromMinutes(10));
        (await sandbox.Http.GetAsync(new Uri(cluster.AddressOf("vllm"), "health"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await sandbox.Http.GetAsync(new Uri(cluster.AddressOf("sglang"), "health"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        cluster.Stop("vllm", "qwen");
        await Should.ThrowAsync<HttpRequestException>(() => sandbox.Http.GetAsync(new Uri(cluster.AddressOf("vllm"), "health")));
    }

    [Fact]
    public async Task A_key_guards_what_is_below_v1_and_nothing_else()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        sandbox.China.Models.Add(SandboxModel.Open("qwen3", ModelServers.Digest));
        sandbox.China.External.Serve("ascend", new("qwen", ModelServers.Digest) { ApiKey = "a-key" });
        var server = sandbox.China.External.AddressOf("ascend");

        (await sandbox.PostAsync(server, "v1/chat/completions", ModelServers.Chat("qwen", "ping")).JsonAsync(401)).Text("error").ShouldBe("Unauthorized");
        (await sandbox.PostAsync(server, "v1/chat/completions", ModelServers.Chat("qwen", "ping"), "another-key").JsonAsync(401)).Text("error").ShouldBe("Unauthorized");
        (await sandbox.PostAsync(server, "v1/chat/completions", ModelServers.Chat("qwen", "ping"), "a-key").TextAsync()).ShouldBe("pong");
        foreach (var open in (string[])["health", "version", "metrics"])
        {
            (await sandbox.Http.GetAsync(new Uri(server, open))).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task A_context_that_is_too_long_and_weights_that_nobody_knows_are_refused()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var server = sandbox.ServeExternally(SandboxModel.Open("qwen3", ModelServers.Digest));
        sandbox.China.External.Serve("ascend", new("stray", ModelServers.OtherDigest));
        var request = ModelServers.Chat("qwen", "ping");
        request["max_tokens"] = 40_000;

        (await sandbox.PostAsync(server, "v1/chat/completions", request).JsonAsync(400))["error"]!.Text("message").ShouldContain("maximum context length is 32768");
        (await sandbox.PostAsync(server, "v1/chat/completions", ModelServers.Chat("stray", "ping")).JsonAsync(500))["error"]!.Text("message").ShouldContain(ModelServers.OtherDigest);
    }
}
