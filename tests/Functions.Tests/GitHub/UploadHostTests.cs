using System.Net;
using Orchestrator.Core.Names;
using Orchestrator.Functions.GitHub;
using Orchestrator.Functions.Outbound;

namespace Orchestrator.Functions.Tests.GitHub;

/// <summary>Where the fence lets GitHub's requests go when a file is uploaded.</summary>
public sealed class UploadHostTests
{
    [Theory]
    [InlineData("https://api.github.com/", "https://uploads.github.com/repos/contoso/gateway/releases/1/assets", true)]
    [InlineData("https://api.contoso.ghe.com/", "https://uploads.contoso.ghe.com/repos/contoso/gateway/releases/1/assets", true)]
    [InlineData("https://api.contoso.ghe.com/", "https://uploads.fabrikam.ghe.com/repos/contoso/gateway/releases/1/assets", false)]
    [InlineData("https://github.contoso.com/api/v3/", "https://github.contoso.com/api/uploads/repos/contoso/gateway/releases/1/assets", true)]
    [InlineData("https://api.contoso.com/", "https://uploads.contoso.com/repos/contoso/gateway/releases/1/assets", false)]
    [InlineData("https://api.github.com/", "https://uploads.example.com/", false)]
    public async Task Uploads_go_to_the_host_beside_the_api_and_nowhere_else(string api, string address, bool allowed)
    {
        using var connection = new GitHubConnection(new(new(api), "secret", "token", null), Identifier.Parse<RepositoryName>("contoso/gateway"), () => new Answering(), TimeProvider.System);

        var asked = () => connection.Downloads.GetAsync(new Uri(address), TestContext.Current.CancellationToken);

        if (allowed)
        {
            (await asked()).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        else
        {
            await asked.ShouldThrowAsync<FenceException>();
        }
    }

    private sealed class Answering : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
    }
}
