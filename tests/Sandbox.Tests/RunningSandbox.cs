using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.ResourceManager;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.GitHub;
using Orchestrator.Sandbox.Latency;
using Orchestrator.Testing;

namespace Orchestrator.Sandbox.Tests;

/// <summary>A sandbox with two clouds and a repository, whose clock stands still, and the real clients that talk to it.</summary>
internal sealed class RunningSandbox : IAsyncDisposable
{
    public const string Repository = "acme/assistant";
    public const string Token = "a-token";

    private readonly HttpClient http;

    private RunningSandbox(SandboxHost host, WatchedTime time)
    {
        Host = host;
        Time = time;
        http = new(Handler(host.CertificateAuthorityPem));
    }

    public SandboxHost Host { get; }

    public WatchedTime Time { get; }

    /// <summary>A client that trusts the sandbox's certificates and follows no redirects.</summary>
    public HttpClient Http => http;

    public SandboxCloud Public => Host.Clouds["azure-public"];

    public SandboxCloud China => Host.Clouds["azure-china"];

    public static async Task<RunningSandbox> StartAsync(SandboxLatencies? latencies = null, GitHubAppOptions? app = null, int requestsPerHour = 5_000)
    {
        var time = new WatchedTime(TimeProvider.System.GetUtcNow());
        var host = await SandboxHost.StartAsync(
            new()
            {
                Clouds = [Cloud("azure-public", 1, ["eastus2", "westus3"]), Cloud("azure-china", 2, ["chinaeast2", "chinanorth3"])],
                GitHub = new() { Repositories = [Repository], Token = Token, App = app, RequestsPerHour = requestsPerHour },
                Latencies = latencies ?? new(),
                TimeProvider = time,
            },
            TestContext.Current.CancellationToken);
        return new(host, time);
    }

    /// <summary>A credential as an application of the cloud would have it.</summary>
    public TokenCredential Credential(SandboxCloud cloud, Guid? tenant = null, string? secret = null) => new ClientSecretCredential(
        (tenant ?? cloud.Options.TenantId).ToString(),
        cloud.Options.ClientId.ToString(),
        secret ?? cloud.Options.ClientSecret,
        new ClientSecretCredentialOptions
        {
            AuthorityHost = cloud.AuthorityHost,
            DisableInstanceDiscovery = true,
            Transport = new HttpClientTransport(http),
        });

    /// <summary>The real client of a cloud's ARM, signed in as its application or with another credential. It does not try again.</summary>
    public ArmClient Arm(SandboxCloud cloud, TokenCredential? credential = null)
    {
        var options = new ArmClientOptions
        {
            Environment = new ArmEnvironment(cloud.ArmEndpoint, cloud.ArmAudience),
            Transport = new HttpClientTransport(http),
            Retry = { MaxRetries = 0 },
        };
        options.SetApiVersion("Microsoft.App/containerApps", ArmRequests.Version);
        options.SetApiVersion("Microsoft.App/containerApps/revisions", ArmRequests.Version);
        return new(credential ?? Credential(cloud), cloud.Options.SubscriptionId.ToString(), options);
    }

    /// <summary>A request to a cloud's ARM as it goes over the wire, signed in.</summary>
    public async Task<HttpResponseMessage> SendAsync(SandboxCloud cloud, HttpMethod method, string path, string? body = null, Action<HttpRequestMessage>? change = null)
    {
        var token = await Credential(cloud).GetTokenAsync(new([cloud.ArmAudience + "/.default"]), TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(method, new Uri(cloud.ArmEndpoint, path));
        request.Headers.Authorization = new("Bearer", token.Token);
        request.Content = body is null ? null : new StringContent(body, MediaTypeHeaderValue.Parse("application/json"));
        change?.Invoke(request);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Host.DisposeAsync();
    }

    private static SandboxCloudOptions Cloud(string name, int number, string[] regions) => new()
    {
        Name = name,
        TenantId = new(number, 0, 0, new byte[8]),
        SubscriptionId = new(number, 1, 0, new byte[8]),
        ClientId = new(number, 2, 0, new byte[8]),
        ClientSecret = $"secret of {name}",
        Regions = regions,
    };

    private static SocketsHttpHandler Handler(string pem)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(pem);
        return new()
        {
            AllowAutoRedirect = false,
            SslOptions =
            {
                CertificateChainPolicy = Policy(roots),
            },
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
    }

    private static X509ChainPolicy Policy(X509Certificate2Collection roots)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }
}
