using System.Security.Cryptography;
using System.Text;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Settings;
using Orchestrator.Sandbox;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Latency;

namespace Orchestrator.Local.Demo;

/// <summary>The stacks in the sandbox: which simulated cloud each lives in, and the settings that point a function app at them.</summary>
internal static class SandboxStacks
{
    public const string WebhookSecret = "sandbox-webhook-secret";

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

    /// <summary>The sandbox that the stacks live in: a cloud for each, with its tenant, its subscription and its regions.</summary>
    public static SandboxOptions Options(SandboxLatencies latencies, int firstPort = 0) => new()
    {
        Latencies = latencies,
        Clouds = [.. DemoStacks.All.Select((stack, index) => Cloud(stack, Port(firstPort, index)))],
        GitHub = new() { Repositories = [DemoStacks.Repository.Value], Token = Token, Port = Port(firstPort, DemoStacks.All.Count) },
        ControlPort = Port(firstPort, DemoStacks.All.Count + 1),
    };

    /// <summary>The cloud that a stack lives in.</summary>
    public static string CloudOf(string stack) => DemoStacks.Of(stack).Cloud;

    /// <summary>The settings of a function app that drives the stacks in the sandbox.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="topologyFile">Where the topology has been written.</param>
    /// <param name="certificateFile">Where the sandbox's certificate has been written.</param>
    public static Dictionary<string, string?> Settings(SandboxHost sandbox, string topologyFile, string certificateFile) => new Dictionary<string, string?>
    {
        [SettingNames.TopologyFile] = topologyFile,
        [SettingNames.TrustedRoots] = certificateFile,
        [SettingNames.GitHubApiUrl] = sandbox.GitHub.ApiUrl.ToString(),
        [SettingNames.GitHubToken] = sandbox.GitHub.Options.Token,
        [SettingNames.WebhookSecret] = WebhookSecret,
    }.Concat(DemoStacks.All.Select(stack => KeyValuePair.Create(stack.SecretSetting, (string?)sandbox.Clouds[stack.Cloud].Options.ClientSecret))).ToDictionary();

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

    private static SandboxCloudOptions Cloud(DemoStack stack, int port) => new()
    {
        Name = stack.Cloud,
        Port = port,
        TenantId = stack.Configuration.TenantId,
        SubscriptionId = stack.Configuration.SubscriptionId,
        ClientId = ClientOf(stack),
        ClientSecret = $"sandbox-secret-of-{stack.Name}",
        Regions = [.. stack.Configuration.Places.Select(place => place.Name.Value).Distinct()],
        Offer = DemoModels.OfferOf(stack),
    };

    /// <summary>The application that the sandbox lets in for a stack.</summary>
    public static Guid ClientOf(DemoStack stack) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"client of {stack.Name}"))[..16]);
}
