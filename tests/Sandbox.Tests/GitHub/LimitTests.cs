using System.Net;
using Octokit;
using Orchestrator.Sandbox.GitHub;

namespace Orchestrator.Sandbox.Tests.GitHub;

public sealed class LimitTests
{
    [Fact]
    public async Task Every_answer_tells_what_is_left()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var octokit = sandbox.Octokit();

        await octokit.Repository.Get(OctokitOf.Owner, OctokitOf.Name);

        var limit = octokit.GetLastApiInfo().RateLimit;
        limit.Limit.ShouldBe(5_000);
        limit.Remaining.ShouldBe(4_999);
        (await octokit.RateLimit.GetRateLimits()).Resources.Core.Remaining.ShouldBe(4_998);
    }

    [Fact]
    public async Task Octokit_knows_the_primary_limit_when_it_meets_it()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        sandbox.Host.GitHub.Fault = GitHubFault.RateLimited;

        var refusal = await Should.ThrowAsync<RateLimitExceededException>(sandbox.Octokit().Repository.Get(OctokitOf.Owner, OctokitOf.Name));

        refusal.Remaining.ShouldBe(0);
        refusal.Reset.ShouldBeGreaterThan(sandbox.Time.GetUtcNow());
    }

    [Fact]
    public async Task The_secondary_limit_says_when_to_come_back()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        sandbox.Host.GitHub.Fault = GitHubFault.SecondaryLimited;

        var refusal = await Should.ThrowAsync<ApiException>(sandbox.Octokit().Repository.Get(OctokitOf.Owner, OctokitOf.Name));

        refusal.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refusal.HttpResponse.Headers["Retry-After"].ShouldBe("60");
    }

    [Fact]
    public async Task An_outage_is_a_503_and_over_when_it_is_over()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var repositories = sandbox.Octokit().Repository;
        sandbox.Host.GitHub.Fault = GitHubFault.Outage;

        (await Should.ThrowAsync<ApiException>(repositories.Get(OctokitOf.Owner, OctokitOf.Name))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        sandbox.Host.GitHub.Fault = null;
        (await repositories.Get(OctokitOf.Owner, OctokitOf.Name)).FullName.ShouldBe(RunningSandbox.Repository);
    }
}
