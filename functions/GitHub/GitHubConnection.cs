using Octokit;
using Octokit.Internal;
using Orchestrator.Core.Names;
using Orchestrator.Functions.Outbound;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.GitHub;

/// <summary>The way to GitHub: Octokit behind a fence of its own, signed in with a token or as an app.</summary>
public sealed class GitHubConnection : IDisposable
{
    private const string ApiHost = "api.";

    private static readonly ProductHeaderValue Product = new("dual-stack-orchestrator");
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    private readonly FenceHandler handler;
    private readonly ICredentialStore credentials;
    private readonly InstallationTokens? installations;

    /// <summary>Connects; nothing is sent yet.</summary>
    /// <param name="settings">Where GitHub is, and who we are.</param>
    /// <param name="repository">The repository that we work on.</param>
    /// <param name="outbound">Makes the handler that requests end in.</param>
    /// <param name="time">The clock that app tokens are dated by.</param>
    public GitHubConnection(GitHubSettings settings, RepositoryName repository, Func<HttpMessageHandler> outbound, TimeProvider time)
    {
        handler = new("GitHub", Hosts(settings.ApiUrl), outbound());
        if (settings.App is { } app)
        {
            App = Client(settings.ApiUrl, new AppCredentials(app, time));
            installations = new(repository, App, time);
            credentials = installations;
        }
        else
        {
            credentials = new InMemoryCredentialStore(new Credentials(settings.Token));
        }

        Octokit = Client(settings.ApiUrl, credentials);
        Downloads = new HttpClient(handler, disposeHandler: false) { Timeout = RequestTimeout };
    }

    /// <summary>GitHub's API.</summary>
    public IGitHubClient Octokit { get; }

    /// <summary>GitHub's API, signed in as the app itself; null where a token is used.</summary>
    public IGitHubClient? App { get; }

    /// <summary>Fetches what Octokit would try to parse. Follows no redirects and signs in nowhere.</summary>
    public HttpClient Downloads { get; }

    /// <summary>The token that <see cref="Octokit"/> would use now.</summary>
    public async Task<string> TokenAsync() => (await credentials.GetCredentials()).GetToken();

    /// <inheritdoc />
    public void Dispose()
    {
        Downloads.Dispose();
        installations?.Dispose();
        handler.Dispose();
    }

    private GitHubClient Client(Uri api, ICredentialStore store)
    {
        // Octokit disposes of the handlers that it is given; this one is shared.
        var connection = new Connection(Product, api, store, new HttpClientAdapter(() => new SharedHandler(handler)), new SimpleJsonSerializer());
        connection.SetRequestTimeout(RequestTimeout);
        return new GitHubClient(connection);
    }

    // Assets are redirected to hosts under githubusercontent.com, and uploaded to one beside the API's: uploads.github.com, and the
    // same under ghe.com. A server of one's own has all under its own name. Source: REST API, release assets.
    private static FencedHosts Hosts(Uri api) => new(
        api.Host == "api.github.com" || (api.Host.StartsWith(ApiHost, StringComparison.Ordinal) && api.Host.EndsWith(".ghe.com", StringComparison.Ordinal))
            ? [api.Authority, $"uploads.{api.Authority[ApiHost.Length..]}"]
            : [api.Authority],
        [".githubusercontent.com"]);

    private sealed class SharedHandler(HttpMessageHandler shared) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker invoker = new(shared, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            invoker.SendAsync(request, cancellationToken);
    }
}
