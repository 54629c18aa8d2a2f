using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Changes;
using Orchestrator.Sandbox.Control;
using Orchestrator.Sandbox.GitHub;
using Orchestrator.Sandbox.Latency;
using Orchestrator.Sandbox.Tls;

namespace Orchestrator.Sandbox;

/// <summary>
/// Simulated clouds, GitHub and workloads that speak the real protocols over HTTP on this machine. Nothing in it knows who calls.
/// </summary>
public sealed class SandboxHost : IAsyncDisposable
{
    private readonly CertificateAuthority authority;
    private readonly Dictionary<string, SandboxCloud> clouds;
    private ControlServer? control;

    private SandboxHost(CertificateAuthority authority, Dictionary<string, SandboxCloud> clouds, GitHubServer gitHub, LatencyLedger latencies, ChangeHooks changes)
    {
        this.authority = authority;
        this.clouds = clouds;
        GitHub = gitHub;
        Latencies = latencies;
        Changes = changes;
    }

    /// <summary>The clouds, by name.</summary>
    public IReadOnlyDictionary<string, SandboxCloud> Clouds => clouds;

    /// <summary>GitHub.</summary>
    public GitHubServer GitHub { get; }

    /// <summary>How long callers have been made to wait.</summary>
    public LatencyLedger Latencies { get; }

    /// <summary>Tells of every change that callers make.</summary>
    public ChangeHooks Changes { get; }

    /// <summary>The address of the control server.</summary>
    public Uri ControlUrl => control!.Address;

    /// <summary>The certificate that callers have to trust, PEM.</summary>
    public string CertificateAuthorityPem => authority.Pem;

    /// <summary>Starts everything; it answers when this returns.</summary>
    /// <exception cref="IOException">A port is in use.</exception>
    public static async Task<SandboxHost> StartAsync(SandboxOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var ledger = new LatencyLedger(options.TimeProvider, options.Latencies.Jitter, options.Seed);
        var changes = new ChangeHooks();
        var authority = new CertificateAuthority();
        var clouds = new Dictionary<string, SandboxCloud>(StringComparer.OrdinalIgnoreCase);
        foreach (var cloud in options.Clouds)
        {
            clouds.Add(cloud.Name, await SandboxCloud.StartAsync(cloud, options, ledger, changes, authority, cancellationToken));
        }

        var gitHub = await GitHubServer.StartAsync(options.GitHub, options.Latencies, ledger, changes, options.GitHub.TimeProvider ?? options.TimeProvider, cancellationToken);
        var sandbox = new SandboxHost(authority, clouds, gitHub, ledger, changes);
        sandbox.control = await ControlServer.StartAsync(sandbox, options.ControlPort, cancellationToken);
        return sandbox;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (control is not null)
        {
            await control.DisposeAsync();
        }

        await GitHub.DisposeAsync();
        foreach (var cloud in clouds.Values)
        {
            await cloud.DisposeAsync();
        }

        authority.Dispose();
    }
}
