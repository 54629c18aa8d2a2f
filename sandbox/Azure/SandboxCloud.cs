using System.Net.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Orchestrator.Sandbox.Changes;
using Orchestrator.Sandbox.Faults;
using Orchestrator.Sandbox.Latency;
using Orchestrator.Sandbox.Models;
using Orchestrator.Sandbox.Models.Serving;
using Orchestrator.Sandbox.Tls;
using Orchestrator.Sandbox.Weights;
using Orchestrator.Sandbox.Workloads;

namespace Orchestrator.Sandbox.Azure;

/// <summary>A simulated cloud: one HTTPS server whose host names are its ARM, its authority and its workloads.</summary>
public sealed class SandboxCloud : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly CloudState state;
    private readonly TokenIssuer tokens;
    private readonly BlobServer blobs;

    private SandboxCloud(WebApplication app, CloudState state, TokenIssuer tokens, BlobServer blobs, SandboxHub hub)
    {
        this.app = app;
        this.state = state;
        this.tokens = tokens;
        this.blobs = blobs;
        Hub = hub;
    }

    /// <summary>What it was asked to be.</summary>
    public SandboxCloudOptions Options => state.Options;

    /// <summary>The address of its ARM.</summary>
    public Uri ArmEndpoint => Address("management");

    /// <summary>The audience of its tokens.</summary>
    public string ArmAudience => AudienceOf(Options);

    /// <summary>The address that issues its tokens.</summary>
    public Uri AuthorityHost => Address("login");

    /// <summary>The DNS suffix of its workloads, with its leading dot and without a port.</summary>
    public string WorkloadSuffix => $".apps.{Options.Name}.localhost";

    /// <summary>The DNS suffixes of its AI accounts and online endpoints.</summary>
    public IReadOnlyList<string> ModelSuffixes => [$".cognitiveservices.{Options.Name}.localhost", $".inference.{Options.Name}.localhost"];

    /// <summary>The DNS suffix of its blob storage.</summary>
    public string BlobSuffix => $".blob.{Options.Name}.localhost";

    /// <summary>Its faults, by region.</summary>
    public FaultBoard Faults => state.Faults;

    /// <summary>The faults of its models, by model or deployment.</summary>
    public ModelFaultBoard ModelFaults => state.ModelFaults;

    /// <summary>The models that exist in it, and how good they are: good ones for all that it offers, to begin with.</summary>
    public ModelCatalog Models => state.Models;

    /// <summary>The customer's own cluster beside it.</summary>
    public ExternalCluster External => state.External;

    /// <summary>How many users it has, by region.</summary>
    public UserBoard Users => state.Users;

    /// <summary>The images that can be pulled in it.</summary>
    public ImageRegistry Images => state.Images;

    /// <summary>The hub of open weights that is reached in it.</summary>
    public SandboxHub Hub { get; }

    /// <summary>Its container apps, with their revisions and their shares of the traffic, for people and tests.</summary>
    public IReadOnlyList<SandboxApp> Apps()
    {
        lock (state.Turn)
        {
            return [.. state.Apps.All.OrderBy(app => app.Key, StringComparer.OrdinalIgnoreCase).Select(app => new SandboxApp(
                app.Key,
                state.Resources[app.Key].Location,
                app.Value.Fqdn,
                state.Resources[app.Key].Tags,
                [.. app.Value.Revisions.Select(revision => new SandboxRevision(revision.Name, revision.Image?.Version, revision.IsActive, app.Value.WeightOf(revision, state.Now)))]))];
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        tokens.Dispose();
        blobs.Dispose();
    }

    internal static async Task<SandboxCloud> StartAsync(
        SandboxCloudOptions options,
        SandboxOptions sandbox,
        LatencyLedger ledger,
        ChangeHooks changes,
        CertificateAuthority authority,
        CancellationToken cancellationToken)
    {
        var app = LoopbackServer.Create(options.Port, listen => listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = connection => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = authority.For(connection.ClientHelloInfo.ServerName) }),
        }));
        var state = new CloudState(options, sandbox.Latencies, ledger, changes, sandbox.TimeProvider, sandbox.Seed);
        var tokens = new TokenIssuer(new($"https://login.{options.Name}.localhost/"), options.TenantId, AudienceOf(options), sandbox.TimeProvider);
        var arm = new ArmServer(state, tokens, sandbox.Limits, sandbox.TimeProvider);
        var entra = new TokenEndpoint(options, tokens);
        var workloads = new WorkloadServer(state);
        var blobs = new BlobServer(state, tokens);
        var hub = new SandboxHub(state);
        var hubHosts = new HubServer(hub, new(state, hub));
        var models = new ModelHosts(state, tokens);
        var armHost = $"management.{options.Name}.localhost";
        var loginHost = $"login.{options.Name}.localhost";
        app.Run(context => context.Request.Host.Host switch
        {
            var host when host == armHost => arm.HandleAsync(context),
            var host when host == loginHost => entra.HandleAsync(context),
            var host when host.EndsWith($".apps.{options.Name}.localhost", StringComparison.OrdinalIgnoreCase) => workloads.HandleAsync(context),
            var host when host.EndsWith($".blob.{options.Name}.localhost", StringComparison.OrdinalIgnoreCase) => blobs.HandleAsync(context),
            var host when host == hub.Host || host == hub.DeliveryHost => hubHosts.HandleAsync(context),
            var host when models.Owns(host) => models.HandleAsync(context),
            _ => UnknownAsync(context),
        });
        await app.StartAsync(cancellationToken);
        state.Port = app.Address().Port;
        return new(app, state, tokens, blobs, hub);
    }

    private static string AudienceOf(SandboxCloudOptions options) => $"https://management.{options.Name}.localhost";

    private static Task UnknownAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return context.Response.WriteAsync($"No simulated host is called '{context.Request.Host}'.");
    }

    private Uri Address(string host) => new($"https://{host}.{Options.Name}.localhost:{state.Port}/");
}

/// <summary>A container app as it stands.</summary>
/// <param name="Id">Its resource id.</param>
/// <param name="Region">Its region.</param>
/// <param name="Fqdn">Its address without a scheme.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Revisions">Its revisions, oldest first.</param>
public sealed record SandboxApp(string Id, string Region, string Fqdn, IReadOnlyDictionary<string, string> Tags, IReadOnlyList<SandboxRevision> Revisions);

/// <summary>A revision as it stands.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version that it runs; null when its image is not known.</param>
/// <param name="IsActive">Whether it runs.</param>
/// <param name="Weight">Its share of the traffic, percent.</param>
public sealed record SandboxRevision(string Name, string? Version, bool IsActive, int Weight);
