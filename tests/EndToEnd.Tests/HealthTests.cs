using System.Net;
using System.Text.Json;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox.GitHub;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>What ops see.</summary>
public sealed class HealthTests(UntouchedWorld untouched) : IClassFixture<UntouchedWorld>
{
    [Fact]
    public async Task The_process_is_alive_without_asking_anybody_else()
    {
        await using var world = await World.StartAsync();
        world.Demo.Sandbox.GitHub.Fault = GitHubFault.Outage;

        (await GetAsync(world.Http, "health", HttpStatusCode.OK)).GetProperty("status").GetString().ShouldBe("Healthy");
    }

    [Fact]
    public async Task Readiness_names_each_dependency_with_its_state_and_age()
    {
        var ready = await GetAsync(untouched.World.Http, "health/ready", HttpStatusCode.OK);

        var entries = ready.GetProperty("entries");
        entries.EnumerateObject().Select(entry => entry.Name).ShouldBe(["durable-store", "github", "stack-china-open", "stack-us-closed"]);
        entries.EnumerateObject().ShouldAllBe(entry => entry.Value.GetProperty("data").GetProperty("ageSeconds").GetDouble() >= 0);
    }

    [Fact]
    public async Task A_dependency_that_is_down_makes_the_app_not_ready()
    {
        await using var world = await World.StartAsync();
        world.Demo.Sandbox.GitHub.Fault = GitHubFault.Outage;

        var ready = await GetAsync(world.Http, "health/ready", HttpStatusCode.ServiceUnavailable);

        ready.GetProperty("entries").GetProperty("github").GetProperty("status").GetString().ShouldBe("Unhealthy");
        ready.GetProperty("entries").GetProperty("stack-china-open").GetProperty("status").GetString().ShouldBe("Healthy");
    }

    [Fact]
    public async Task A_region_says_what_runs_there_its_verdict_and_since_when()
    {
        await using var world = await World.StartAsync();
        await world.RollOutAsync();

        var region = (await GetAsync(world.Keyed, "health/china-open/production/chinanorth3", HttpStatusCode.OK))
            .GetProperty("entries").GetProperty("china-open/production/chinanorth3");

        region.GetProperty("status").GetString().ShouldBe("Healthy");
        var data = region.GetProperty("data");
        data.GetProperty("version").GetString().ShouldBe("1.1.0");
        data.GetProperty("release").GetString().ShouldBe("v1.1.0");
        data.GetProperty("verdict").GetString().ShouldBe("pass");
        DateTimeOffset.Parse(data.GetProperty("since").GetString()!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
        (await GetAsync(world.Keyed, "health/us-closed", HttpStatusCode.OK)).GetProperty("entries").EnumerateObject().Count().ShouldBe(DemoStacks.RegionsOf(DemoStacks.UsClosed).Count);
    }

    [Theory]
    [InlineData("health/nowhere")]
    [InlineData("health/us-closed/production/chinanorth3")]
    [InlineData("rollouts/rollout-none")]
    [InlineData("releases/release-none")]
    public async Task What_does_not_exist_is_404_with_what_was_expected(string path)
    {
        (await GetAsync(untouched.World.Keyed, path, HttpStatusCode.NotFound)).GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("expected");
    }

    [Theory]
    [InlineData("health/us-closed")]
    [InlineData("health/us-closed/production/eastus2")]
    [InlineData("rollouts")]
    [InlineData("releases/release-none")]
    public async Task What_tells_about_stacks_asks_for_the_key(string path)
    {
        (await untouched.World.Http.GetAsync(new Uri($"api/{path}", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await untouched.World.Http.GetAsync(new Uri($"api/{path}?code=wrong", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<JsonElement> GetAsync(HttpClient http, string path, HttpStatusCode expected)
    {
        using var response = await http.GetAsync(new Uri($"api/{path}", UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(expected, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
