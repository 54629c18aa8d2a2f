using System.Globalization;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Octokit;
using Orchestrator.Sandbox.GitHub;

namespace Orchestrator.Sandbox.Tests.GitHub;

public sealed class AccessTests : IDisposable
{
    private readonly RSA key = RSA.Create(2048);

    public void Dispose() => key.Dispose();

    [Fact]
    public async Task Without_the_token_nothing_is_told()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        await Should.ThrowAsync<AuthorizationException>(sandbox.Octokit(new("another")).Repository.Get(OctokitOf.Owner, OctokitOf.Name));
        await Should.ThrowAsync<AuthorizationException>(sandbox.Octokit(Credentials.Anonymous).Repository.Get(OctokitOf.Owner, OctokitOf.Name));
    }

    [Fact]
    public async Task An_app_signs_in_and_its_installation_works_for_an_hour()
    {
        await using var sandbox = await StartAsync();
        var app = sandbox.Octokit(new(AppToken(sandbox, TimeSpan.FromMinutes(9)), AuthenticationType.Bearer));

        var installation = await app.GitHubApps.GetRepositoryInstallationForCurrent(OctokitOf.Owner, OctokitOf.Name);
        var token = await app.GitHubApps.CreateInstallationToken(installation.Id);

        token.Token.Length.ShouldBeGreaterThan(40);
        var signedIn = sandbox.Octokit(new(token.Token));
        (await signedIn.Repository.Get(OctokitOf.Owner, OctokitOf.Name)).FullName.ShouldBe(RunningSandbox.Repository);
        sandbox.Time.Advance(TimeSpan.FromMinutes(61));
        await Should.ThrowAsync<AuthorizationException>(signedIn.Repository.Get(OctokitOf.Owner, OctokitOf.Name));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(-1)]
    public async Task An_app_token_lives_ten_minutes_at_most(int minutes)
    {
        await using var sandbox = await StartAsync();
        var app = sandbox.Octokit(new(AppToken(sandbox, TimeSpan.FromMinutes(minutes)), AuthenticationType.Bearer));

        await Should.ThrowAsync<AuthorizationException>(app.GitHubApps.CreateInstallationToken(77));
    }

    [Fact]
    public async Task The_repository_token_is_no_app()
    {
        await using var sandbox = await StartAsync();

        await Should.ThrowAsync<AuthorizationException>(sandbox.Octokit().GitHubApps.CreateInstallationToken(77));
    }

    [Fact]
    public async Task An_app_sees_its_own_webhooks_deliveries_and_its_installation_no_repositorys()
    {
        await using var sandbox = await StartAsync();
        await using var receiver = await Receiver.StartAsync();
        sandbox.Host.GitHub.SetAppHook(receiver.Url, "shared");
        sandbox.Host.GitHub.Publish(RunningSandbox.Repository, "v1.0.0", [1]);
        var app = sandbox.Octokit(new(AppToken(sandbox, TimeSpan.FromMinutes(9)), AuthenticationType.Bearer));
        var token = await app.GitHubApps.CreateInstallationToken(77);

        var deliveries = await app.Connection.Get<object>(new Uri("app/hook/deliveries", UriKind.Relative), null);

        ((string)deliveries.HttpResponse.Body).ShouldContain("published");
        await Task.WhenAll(sandbox.Host.GitHub.Deliveries().Select(delivery => delivery.Sent));
        receiver.All.Count.ShouldBe(3);
        await Should.ThrowAsync<ForbiddenException>(sandbox.Octokit(new(token.Token)).Repository.Hooks.GetAll(OctokitOf.Owner, OctokitOf.Name));
    }

    private Task<RunningSandbox> StartAsync() => RunningSandbox.StartAsync(app: new GitHubAppOptions("42", 77, key.ExportSubjectPublicKeyInfoPem()));

    private string AppToken(RunningSandbox sandbox, TimeSpan life)
    {
        var now = sandbox.Time.GetUtcNow();
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = 42.ToString(CultureInfo.InvariantCulture),
            IssuedAt = now.AddMinutes(-2).UtcDateTime,
            Expires = (now + life).UtcDateTime,
            SigningCredentials = new(new RsaSecurityKey(key) { CryptoProviderFactory = new() { CacheSignatureProviders = false } }, SecurityAlgorithms.RsaSha256),
        });
    }
}
