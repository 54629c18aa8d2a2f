using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Settings;
using Orchestrator.Sandbox;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Latency;

namespace Orchestrator.Local.Demo;

/// <summary>The demo's stacks in the sandbox: which simulated cloud each lives in, and the settings that point a function app at them.</summary>
internal static class SandboxStacks
{
    public const string WebhookSecret = "sandbox-webhook-secret";

    private const string PublicCloud = "azure-public";
    private const string ChinaCloud = "azure-china";
    private const string Token = "sandbox-token";

    /// <summary>Latencies that let a person watch: seconds where real clouds take minutes.</summary>
    public static SandboxLatencies Watchable { get; } = new()
    {
        ArmRequest = TimeSpan.FromMilliseconds(20),
        ArmOperation = TimeSpan.FromMilliseconds(300),
        RevisionProvisioning = TimeSpan.FromSeconds(1.5),
        WorkloadResponse = TimeSpan.FromMilliseconds(20),
        GitHubRequest = TimeSpan.FromMilliseconds(30),
        Jitter = 0.1,
    };

    /// <summary>The sandbox that the demo's stacks live in.</summary>
    public static SandboxOptions Options(SandboxLatencies latencies, int firstPort = 0) => new()
    {
        Latencies = latencies,
        Clouds =
        [
            Cloud(PublicCloud, 1, Port(firstPort, 0), ["eastus", "eastus2", "westcentralus", "westus3"]),
            Cloud(ChinaCloud, 2, Port(firstPort, 1), ["chinaeast2", "chinaeast3", "chinanorth2", "chinanorth3"]),
        ],
        GitHub = new() { Repositories = [DemoTopology.Repository.Value], Token = Token, Port = Port(firstPort, 2) },
        ControlPort = Port(firstPort, 3),
    };

    /// <summary>The cloud that a stack lives in.</summary>
    public static string CloudOf(string stack) => stack == DemoTopology.ChinaOpen ? ChinaCloud : PublicCloud;

    /// <summary>The stacks as they are found in the sandbox.</summary>
    public static Topology Topology(SandboxHost sandbox) => DemoTopology.Of(
        Simulated(sandbox.Clouds[PublicCloud], "Sandbox:PublicClientSecret"),
        Simulated(sandbox.Clouds[ChinaCloud], "Sandbox:ChinaClientSecret"));

    /// <summary>The settings of a function app that drives the stacks in the sandbox.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="topologyFile">Where the topology has been written.</param>
    /// <param name="certificateFile">Where the sandbox's certificate has been written.</param>
    public static Dictionary<string, string?> Settings(SandboxHost sandbox, string topologyFile, string certificateFile) => new()
    {
        [SettingNames.TopologyFile] = topologyFile,
        [SettingNames.TrustedRoots] = certificateFile,
        [SettingNames.GitHubApiUrl] = sandbox.GitHub.ApiUrl.ToString(),
        [SettingNames.GitHubToken] = sandbox.GitHub.Options.Token,
        [SettingNames.WebhookSecret] = WebhookSecret,
        ["Sandbox:PublicClientSecret"] = sandbox.Clouds[PublicCloud].Options.ClientSecret,
        ["Sandbox:ChinaClientSecret"] = sandbox.Clouds[ChinaCloud].Options.ClientSecret,
    };

    /// <summary>Writes the files that <see cref="Settings"/> names, into <paramref name="folder"/>.</summary>
    public static (string Topology, string Certificate) Write(SandboxHost sandbox, Topology topology, string folder)
    {
        var topologyFile = Path.Combine(folder, "topology.json");
        var certificate = Path.Combine(folder, "sandbox-ca.pem");
        Directory.CreateDirectory(folder);
        File.WriteAllText(topologyFile, TopologyJson.Write(topology));
        File.WriteAllText(certificate, sandbox.CertificateAuthorityPem);
        return (topologyFile, certificate);
    }

    private static int Port(int first, int offset) => first == 0 ? 0 : first + offset;

    private static SandboxCloudOptions Cloud(string name, int number, int port, string[] regions) => new()
    {
        Name = name,
        Port = port,
        TenantId = new Guid(number, 0, 0, [1, 0, 0, 0, 0, 0, 0, 0]),
        SubscriptionId = new Guid(number, 0, 0, [2, 0, 0, 0, 0, 0, 0, 0]),
        ClientId = new Guid(number, 0, 0, [3, 0, 0, 0, 0, 0, 0, 0]),
        ClientSecret = $"sandbox-secret-of-{name}",
        Regions = regions,
    };

    private static SimulatedCloud Simulated(SandboxCloud cloud, string secretSetting) => new(
        new(cloud.Options.Name, cloud.ArmEndpoint, cloud.ArmAudience, cloud.AuthorityHost, [cloud.WorkloadSuffix], KnownAuthority: false),
        cloud.Options.TenantId,
        cloud.Options.SubscriptionId,
        cloud.Options.ClientId,
        secretSetting);
}
