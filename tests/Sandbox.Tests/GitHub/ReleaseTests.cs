using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Octokit;

namespace Orchestrator.Sandbox.Tests.GitHub;

public sealed class ReleaseTests
{
    private const string Owner = OctokitOf.Owner;
    private const string Name = OctokitOf.Name;

    [Fact]
    public async Task A_release_is_drafted_gets_its_asset_and_is_published()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var releases = sandbox.Octokit().Repository.Release;
        var draft = await releases.Create(Owner, Name, new NewRelease("v1.0.0") { Draft = true });
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("{}"));

        var asset = await releases.UploadAsset(draft, new("release.json", "application/json", content, null));
        await Should.ThrowAsync<NotFoundException>(releases.Get(Owner, Name, "v1.0.0"));
        await releases.Edit(Owner, Name, draft.Id, new ReleaseUpdate { Draft = false });

        asset.Size.ShouldBe(2);
        var published = await releases.Get(Owner, Name, "v1.0.0");
        published.PublishedAt.ShouldNotBeNull();
        published.Assets.Single().Name.ShouldBe("release.json");
        (await releases.GetLatest(Owner, Name)).Id.ShouldBe(draft.Id);
    }

    [Fact]
    public async Task An_asset_is_fetched_from_where_github_redirects_to_without_the_token()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var content = Encoding.UTF8.GetBytes("""{ "version": "1.0.0" }""");
        sandbox.Host.GitHub.Publish(RunningSandbox.Repository, "v1.0.0", content);
        var asset = (await sandbox.Octokit().Repository.Release.Get(Owner, Name, "v1.0.0")).Assets.Single();
        using var request = new HttpRequestMessage(HttpMethod.Get, asset.Url);
        request.Headers.Authorization = new("Bearer", RunningSandbox.Token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/octet-stream"));

        using var redirect = await sandbox.Http.SendAsync(request);

        redirect.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await sandbox.Http.GetByteArrayAsync(redirect.Headers.Location)).ShouldBe(content);
    }

    [Fact]
    public async Task An_asset_has_its_digest()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var content = Encoding.UTF8.GetBytes("{}");
        sandbox.Host.GitHub.Publish(RunningSandbox.Repository, "v1.0.0", content);

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(sandbox.Host.GitHub.ApiUrl, $"repos/{Owner}/{Name}/releases/tags/v1.0.0"));
        request.Headers.Authorization = new("Bearer", RunningSandbox.Token);
        using var response = await sandbox.Http.SendAsync(request);

        (await response.Content.ReadAsStringAsync()).ShouldContain($"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}");
    }

    [Fact]
    public async Task A_tag_is_released_once_and_a_release_needs_one()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var releases = sandbox.Octokit().Repository.Release;
        await releases.Create(Owner, Name, new NewRelease("v1.0.0"));

        var again = await Should.ThrowAsync<ApiValidationException>(releases.Create(Owner, Name, new NewRelease("v1.0.0")));

        again.ApiError.Errors.Single().Code.ShouldBe("already_exists");
    }

    [Fact]
    public async Task Releases_are_listed_newest_first_and_page_by_page()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var releases = sandbox.Octokit().Repository.Release;
        for (var number = 1; number <= 5; number++)
        {
            await releases.Create(Owner, Name, new NewRelease($"v1.0.{number}"));
        }

        var all = await releases.GetAll(Owner, Name, new ApiOptions { PageSize = 2 });

        all.Select(release => release.TagName).ShouldBe(["v1.0.5", "v1.0.4", "v1.0.3", "v1.0.2", "v1.0.1"]);
    }

    [Fact]
    public async Task The_commit_of_a_tag_is_its_own_and_a_tag_that_is_none_has_none()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        sandbox.Host.GitHub.Publish(RunningSandbox.Repository, "v1.0.0", [1]);
        var commits = sandbox.Octokit().Repository.Commit;

        var sha = (await commits.Get(Owner, Name, "v1.0.0")).Sha;

        sha.Length.ShouldBe(40);
        (await commits.Get(Owner, Name, "tags/v1.0.0")).Sha.ShouldBe(sha);
        await Should.ThrowAsync<ApiValidationException>(commits.Get(Owner, Name, "v9"));
    }
}
