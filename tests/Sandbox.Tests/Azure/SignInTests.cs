using System.Net;
using Azure;
using Azure.Core;
using Azure.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Orchestrator.Sandbox.Azure;

namespace Orchestrator.Sandbox.Tests.Azure;

public sealed class SignInTests
{
    [Fact]
    public async Task An_application_of_the_cloud_is_let_in()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var subscription = await sandbox.Arm(sandbox.China).GetDefaultSubscriptionAsync();

        subscription.Data.TenantId.ShouldBe(sandbox.China.Options.TenantId);
    }

    [Fact]
    public async Task A_tenant_of_another_cloud_is_unknown()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var stray = sandbox.Credential(sandbox.China, tenant: sandbox.Public.Options.TenantId);

        var refusal = await Should.ThrowAsync<AuthenticationFailedException>(sandbox.Arm(sandbox.China, stray).GetDefaultSubscriptionAsync());

        refusal.InnerException!.Message.ShouldContain("AADSTS90002");
    }

    [Fact]
    public async Task A_wrong_secret_is_refused()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var stray = sandbox.Credential(sandbox.China, secret: sandbox.Public.Options.ClientSecret);

        var refusal = await Should.ThrowAsync<AuthenticationFailedException>(sandbox.Arm(sandbox.China, stray).GetDefaultSubscriptionAsync());

        refusal.InnerException!.Message.ShouldContain("AADSTS7000215");
    }

    [Fact]
    public async Task A_token_of_the_other_cloud_is_for_the_wrong_audience()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var refusal = await RefusedAsync(sandbox, new OneToken(await TokenAsync(sandbox, sandbox.Public, sandbox.Public.ArmAudience)));

        refusal.ErrorCode.ShouldBe("InvalidAuthenticationTokenAudience");
    }

    [Fact]
    public async Task A_token_that_the_other_cloud_issued_for_this_audience_is_from_the_wrong_issuer()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var refusal = await RefusedAsync(sandbox, new OneToken(await TokenAsync(sandbox, sandbox.Public, sandbox.China.ArmAudience)));

        refusal.ErrorCode.ShouldBe("InvalidAuthenticationTokenTenant");
    }

    [Fact]
    public async Task A_token_with_the_right_words_and_another_signature_is_invalid()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var real = new JsonWebToken(await TokenAsync(sandbox, sandbox.China, sandbox.China.ArmAudience));
        var forged = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = real.Issuer,
            Audience = sandbox.China.ArmAudience,
            Expires = sandbox.Time.GetUtcNow().UtcDateTime.AddHours(1),
            SigningCredentials = new(new SymmetricSecurityKey(new byte[32]), SecurityAlgorithms.HmacSha256),
        });

        (await RefusedAsync(sandbox, new OneToken(forged))).ErrorCode.ShouldBe("InvalidAuthenticationToken");
    }

    [Fact]
    public async Task A_token_expires()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var token = new OneToken(await TokenAsync(sandbox, sandbox.China, sandbox.China.ArmAudience));

        sandbox.Time.Advance(TimeSpan.FromMinutes(61));

        (await RefusedAsync(sandbox, token)).ErrorCode.ShouldBe("ExpiredAuthenticationToken");
    }

    [Theory]
    [InlineData(null, "AuthenticationFailed")]
    [InlineData("Bearer nonsense", "InvalidAuthenticationToken")]
    [InlineData("Basic abc", "AuthenticationFailed")]
    public async Task Without_a_token_the_answer_says_where_to_get_one(string? header, string code)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(sandbox.China.ArmEndpoint, ArmRequests.Group(sandbox.China).Versioned()));
        request.Headers.TryAddWithoutValidation("Authorization", header);

        using var response = await sandbox.Http.SendAsync(request);

        response.Headers.WwwAuthenticate.ToString().ShouldContain(sandbox.China.Options.TenantId.ToString());
        (await Task.FromResult(response).RefusalAsync()).ShouldBe((401, code));
    }

    [Theory]
    [InlineData("password", "the client", "AADSTS70003")]
    [InlineData("client_credentials", "somebody else", "AADSTS700016")]
    public async Task Other_ways_to_sign_in_are_refused(string grant, string client, string code)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var cloud = sandbox.China;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = grant,
            ["client_id"] = client == "the client" ? cloud.Options.ClientId.ToString() : client,
            ["client_secret"] = cloud.Options.ClientSecret,
        });

        using var response = await sandbox.Http.PostAsync(new Uri(cloud.AuthorityHost, $"{cloud.Options.TenantId}/oauth2/v2.0/token"), form);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).ShouldContain(code);
    }

    private static async Task<RequestFailedException> RefusedAsync(RunningSandbox sandbox, TokenCredential credential)
    {
        var refusal = await Should.ThrowAsync<RequestFailedException>(sandbox.Arm(sandbox.China, credential).GetDefaultSubscriptionAsync());
        refusal.Status.ShouldBe(401);
        return refusal;
    }

    private static async Task<string> TokenAsync(RunningSandbox sandbox, SandboxCloud cloud, string audience) =>
        (await sandbox.Credential(cloud).GetTokenAsync(new([audience + "/.default"]), TestContext.Current.CancellationToken)).Token;

    private sealed class OneToken(string token) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(token, DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
