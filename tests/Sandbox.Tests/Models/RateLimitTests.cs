using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Tests.Models;

/// <summary>A deployment answers as often as its capacity allows: a unit is six requests and a thousand tokens a minute, by slices of ten seconds.</summary>
public sealed class RateLimitTests
{
    [Fact]
    public async Task Requests_beyond_a_slice_are_told_when_to_come_back()
    {
        await using var sandbox = await StartAsync(capacity: 3);
        foreach (var left in (int[])[2, 1, 0])
        {
            using var taken = await sandbox.AskClosedAsync(ModelServers.Chat("assistant", "ping"));
            taken.EnsureSuccessStatusCode();
            Header(taken.Headers, "x-ratelimit-remaining-requests").ShouldBe(left);
            Header(taken.Headers, "x-ratelimit-limit-requests").ShouldBe(18);
            Header(taken.Headers, "x-ratelimit-limit-tokens").ShouldBe(3_000);
        }

        sandbox.Time.Advance(TimeSpan.FromSeconds(4));
        using var refused = await sandbox.AskClosedAsync(ModelServers.Chat("assistant", "ping"));

        var error = (await Task.FromResult(refused).JsonAsync(429))["error"]!;
        error.Text("code").ShouldBe("RateLimitReached");
        error.Text("message").ShouldContain("call rate limit");
        Header(refused.Headers, "retry-after").ShouldBe(6);
        Header(refused.Headers, "retry-after-ms").ShouldBe(6_000);
        Header(refused.Headers, "x-ratelimit-remaining-requests").ShouldBe(0);
        sandbox.Time.Advance(TimeSpan.FromSeconds(6));
        (await sandbox.AskClosedAsync(ModelServers.Chat("assistant", "ping"))).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task A_request_that_is_larger_than_a_slice_takes_the_tokens_of_those_that_follow()
    {
        // A hundred units: a hundred requests and 16,666 tokens in ten seconds.
        await using var sandbox = await StartAsync(capacity: 100);
        (await sandbox.AskClosedAsync(Large())).EnsureSuccessStatusCode();

        using var refused = await sandbox.AskClosedAsync(ModelServers.Chat("assistant", "ping"));

        (await Task.FromResult(refused).JsonAsync(429))["error"]!.Text("message").ShouldContain("token rate limit");
        Header(refused.Headers, "x-ratelimit-remaining-tokens").ShouldBe(0);
        sandbox.Time.Advance(TimeSpan.FromSeconds(10));
        using var still = await sandbox.AskClosedAsync(ModelServers.Chat("assistant", "ping"));
        ((int)still.StatusCode).ShouldBe(429);
        sandbox.Time.Advance(TimeSpan.FromSeconds(10));
        (await sandbox.AskClosedAsync(ModelServers.Chat("assistant", "ping"))).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Deployments_are_counted_apart()
    {
        await using var sandbox = await StartAsync(capacity: 1);
        await sandbox.PutDeploymentAsync("other", ModelServers.Deployment("gpt-5", "2026-10-01", "DataZoneStandard", 1));
        (await sandbox.AskClosedAsync(ModelServers.Chat("assistant", "ping"))).EnsureSuccessStatusCode();

        (await sandbox.AskClosedAsync(ModelServers.Chat("assistant", "ping")).JsonAsync(429)).ShouldNotBeNull();
        (await sandbox.AskClosedAsync(ModelServers.Chat("other", "ping"))).EnsureSuccessStatusCode();
    }

    private static JsonObject Large()
    {
        var request = ModelServers.Chat("assistant", "ping");
        request["max_completion_tokens"] = 2 * 16_666;
        return request;
    }

    // The clock begins where a slice does.
    private static async Task<RunningSandbox> StartAsync(int capacity)
    {
        var sandbox = await RunningSandbox.StartAsync();
        var slice = TimeSpan.FromSeconds(10).Ticks;
        sandbox.Time.Advance(TimeSpan.FromTicks(slice - (sandbox.Time.GetUtcNow().Ticks % slice)));
        await sandbox.DeployAsync(capacity: capacity);
        return sandbox;
    }

    private static int Header(HttpResponseHeaders headers, string name) => int.Parse(headers.GetValues(name).Single(), CultureInfo.InvariantCulture);
}
