using System.Globalization;
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
    public async Task Who_creates_more_than_eighty_things_in_a_minute_is_sent_away_for_the_rest_of_it()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var statuses = sandbox.Octokit().Repository.Deployment.Status;
        var id = (await sandbox.Octokit().Repository.Deployment.Create(OctokitOf.Owner, OctokitOf.Name, OctokitOf.Deployment("v1.0.0", "staging"))).Id;
        for (var number = 2; number <= 80; number++)
        {
            await statuses.Create(OctokitOf.Owner, OctokitOf.Name, id, new(DeploymentState.InProgress));
        }

        var refusal = await Should.ThrowAsync<ApiException>(statuses.Create(OctokitOf.Owner, OctokitOf.Name, id, new(DeploymentState.Success)));

        refusal.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        int.Parse(refusal.HttpResponse.Headers["Retry-After"], CultureInfo.InvariantCulture).ShouldBeInRange(1, 60);
        sandbox.Host.GitHub.Writes().Count(write => write.IsTaken).ShouldBe(80);
        sandbox.Host.GitHub.Writes()[^1].IsTaken.ShouldBeFalse();
    }

    [Fact]
    public async Task The_quota_of_an_hour_is_whole_again_after_it()
    {
        await using var sandbox = await RunningSandbox.StartAsync(requestsPerHour: 2);
        var repositories = sandbox.Octokit().Repository;
        await repositories.Get(OctokitOf.Owner, OctokitOf.Name);
        await repositories.Get(OctokitOf.Owner, OctokitOf.Name);

        var refusal = await Should.ThrowAsync<RateLimitExceededException>(repositories.Get(OctokitOf.Owner, OctokitOf.Name));

        refusal.Reset.ShouldBe(sandbox.Time.GetUtcNow().AddHours(1), TimeSpan.FromSeconds(1));
        sandbox.Time.Advance(TimeSpan.FromHours(1));
        (await repositories.Get(OctokitOf.Owner, OctokitOf.Name)).FullName.ShouldBe(RunningSandbox.Repository);
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
