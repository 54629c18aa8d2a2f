using System.Net;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Faults;

namespace Orchestrator.Sandbox.Tests.Azure;

public sealed class FaultTests
{
    [Fact]
    public async Task An_unhealthy_revision_runs_and_says_so()
    {
        await using var sandbox = await StartAsync(FaultKind.Unhealthy);

        (await sandbox.RevisionAsync(sandbox.Public, "two")).Text("healthState").ShouldBe("Unhealthy");
        (await AskAsync(sandbox, "/health")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await AskAsync(sandbox, "/version")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_deployment_that_fails_says_why_and_nobody_answers()
    {
        await using var sandbox = await StartAsync(FaultKind.DeployFails);

        var revision = await sandbox.RevisionAsync(sandbox.Public, "two");

        revision.Text("provisioningState").ShouldBe("Failed");
        revision.Text("provisioningError").ShouldContain("Deadline Exceeded");
        (await AskAsync(sandbox, "/health")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task An_image_that_nobody_has_pushed_cannot_be_pulled()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.CreateAppAsync(sandbox.Public);
        var unknown = ArmRequests.Image.Replace('1', '9');

        await sandbox.ChangeAsync(sandbox.Public, HttpMethod.Put, ArmRequests.App(sandbox.Public), ArmRequests.Body(sandbox.Public, unknown, "two"));

        (await sandbox.RevisionAsync(sandbox.Public, "two")).Text("provisioningError").ShouldContain($"Failed to pull image '{unknown}'");
    }

    [Theory]
    [InlineData(FaultKind.Errors, HttpStatusCode.InternalServerError)]
    [InlineData(FaultKind.Filtered, HttpStatusCode.BadRequest)]
    [InlineData(FaultKind.RateLimited, HttpStatusCode.TooManyRequests)]
    public async Task Three_of_ten_answers_to_users_are_refused_and_the_health_path_stays_well(FaultKind fault, HttpStatusCode expected)
    {
        await using var sandbox = await StartAsync(fault);
        var statuses = new List<HttpStatusCode>();
        for (var request = 0; request < 20; request++)
        {
            statuses.Add((await AskAsync(sandbox, "/v1/models")).StatusCode);
        }

        statuses.Count(status => status == expected).ShouldBe(6);
        (await AskAsync(sandbox, "/health")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_unreachable_revision_breaks_every_connection()
    {
        await using var sandbox = await StartAsync(FaultKind.Unreachable);

        await Should.ThrowAsync<HttpRequestException>(AskAsync(sandbox, "/health"));

        (await sandbox.RevisionAsync(sandbox.Public, "two")).Text("healthState").ShouldBe("Healthy");
    }

    [Fact]
    public async Task A_slow_revision_answers_after_three_more_seconds()
    {
        await using var sandbox = await StartAsync(FaultKind.Slow);
        var waiting = AskAsync(sandbox, "/version");

        await sandbox.Time.PassAsync(TimeSpan.FromSeconds(3));

        (await waiting).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_throttled_region_refuses_changes_and_no_other_region_does()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.CreateAppAsync(sandbox.Public);
        await sandbox.CreateAppAsync(sandbox.China);
        sandbox.Public.Faults.Set("eastus2", FaultKind.Throttled);
        Task<HttpResponseMessage> TagAsync(SandboxCloud cloud) =>
            sandbox.SendAsync(cloud, HttpMethod.Patch, ArmRequests.App(cloud).Versioned(), """{ "tags": { "a": "b" } }""");

        (await TagAsync(sandbox.Public).RefusalAsync()).ShouldBe((429, "TooManyRequests"));

        (await TagAsync(sandbox.China)).IsSuccessStatusCode.ShouldBeTrue();
        (await sandbox.SendAsync(sandbox.Public, HttpMethod.Get, ArmRequests.App(sandbox.Public).Versioned())).IsSuccessStatusCode.ShouldBeTrue();
        sandbox.Public.Faults.Clear("eastus2");
        (await TagAsync(sandbox.Public)).IsSuccessStatusCode.ShouldBeTrue();
    }

    [Fact]
    public async Task What_served_before_a_fault_goes_on_serving()
    {
        await using var sandbox = await StartAsync(FaultKind.Unhealthy);
        var app = sandbox.Public.Apps().Single();

        (await sandbox.Http.GetAsync($"https://{app.Fqdn}/health")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>An app with a candidate that was made while its region had the fault.</summary>
    private static async Task<RunningSandbox> StartAsync(FaultKind fault)
    {
        var sandbox = await RunningSandbox.StartAsync();
        await sandbox.CreateAppAsync(sandbox.Public);
        sandbox.Public.Faults.Set("eastus2", fault);
        await sandbox.CreateCandidateAsync(sandbox.Public);
        return sandbox;
    }

    private static async Task<HttpResponseMessage> AskAsync(RunningSandbox sandbox, string path)
    {
        var fqdn = (await sandbox.RevisionAsync(sandbox.Public, "two")).Text("fqdn");
        return await sandbox.Http.GetAsync($"https://{fqdn}{path}");
    }
}
