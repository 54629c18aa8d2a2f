using System.Collections.Concurrent;
using Orchestrator.Sandbox.Azure.ContainerApps;
using Orchestrator.Sandbox.Changes;
using Orchestrator.Sandbox.Faults;
using Orchestrator.Sandbox.Latency;
using Orchestrator.Sandbox.Models;
using Orchestrator.Sandbox.Models.Serving;
using Orchestrator.Sandbox.Workloads;

namespace Orchestrator.Sandbox.Azure;

/// <summary>All that one simulated cloud holds.</summary>
internal sealed class CloudState(SandboxCloudOptions options, SandboxLatencies latencies, LatencyLedger ledger, ChangeHooks changes, TimeProvider time, int seed)
{
    private UserTraffic? traffic;
    private EndpointTraffic? endpoints;
    private ModelLocator? locator;
    private ExternalCluster? external;

    public SandboxCloudOptions Options => options;

    public SandboxLatencies Latencies => latencies;

    public LatencyLedger Ledger => ledger;

    public ChangeHooks Changes => changes;

    /// <summary>The port that the cloud listens on; known once it does.</summary>
    public int Port { get; set; }

    public DateTimeOffset Now => time.GetUtcNow();

    public FaultBoard Faults { get; } = new();

    public ModelFaultBoard ModelFaults { get; } = new();

    public ModelCatalog Models { get; } = ModelCatalog.Of(options.Offer);

    public ExternalCluster External => LazyInitializer.EnsureInitialized(
        ref external,
        () => new(server => new($"https://{server}.{ModelAddress.External}.{options.Name}.localhost:{Port}/")));

    public ModelLocator Locator => LazyInitializer.EnsureInitialized(ref locator, () => new(this));

    public ImageRegistry Images { get; } = new();

    public UserBoard Users { get; } = new();

    public UserTraffic Traffic => traffic ??= new(this, seed);

    public EndpointTraffic Endpoints => LazyInitializer.EnsureInitialized(ref endpoints, () => new(this, seed));

    /// <summary>Resource groups and resources by id.</summary>
    public ConcurrentDictionary<string, Resource> Resources { get; } = new(StringComparer.OrdinalIgnoreCase);

    public ContainerAppTable Apps { get; } = new();

    public ConcurrentDictionary<string, ArmOperation> Operations { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Serialises changes: the sandbox is to be right, not fast.</summary>
    public Lock Turn { get; } = new();

    public string Place(string region) => $"{options.Name}/{region}";
}
