using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Outbound;
using Orchestrator.Infra;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox;
using Pulumi;
using Pulumi.Testing;

namespace Orchestrator.Local.Provisioning;

/// <summary>Brings stacks up in the sandbox by running the infra program, as <c>pulumi up</c> would in the real clouds.</summary>
internal static class StackPrograms
{
    private const string ConfigurationVariable = "PULUMI_CONFIG";

    // The SDK runs one program at a time, and reads its configuration from the environment.
    private static readonly SemaphoreSlim Turn = new(1);

    /// <summary>Brings all stacks up with their first image, and returns the programs' topologies as one.</summary>
    /// <exception cref="InvalidOperationException">A program refused its configuration, or a cloud refused a resource.</exception>
    public static async Task<Topology> UpAsync(SandboxHost sandbox, CancellationToken cancellationToken)
    {
        DemoReleases.Register(sandbox, ReleaseManifestParser.Parse(DemoReleases.Manifest(DemoReleases.BaselineVersion)).Value!);
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(sandbox.CertificateAuthorityPem);
        var stacks = new List<StackDefinition>();
        await Turn.WaitAsync(cancellationToken);
        sandbox.Latencies.IsPaused = true;
        try
        {
            foreach (var stack in DemoStacks.All)
            {
                stacks.AddRange((await UpAsync(stack, sandbox.Clouds[stack.Cloud], roots)).Stacks);
            }
        }
        finally
        {
            sandbox.Latencies.IsPaused = false;
            Turn.Release();
        }

        return new(DemoStacks.Repository, stacks);
    }

    private static async Task<Topology> UpAsync(DemoStack stack, Sandbox.Azure.SandboxCloud cloud, X509Certificate2Collection roots)
    {
        var credential = new CredentialDefinition(CredentialKind.ClientSecret, SandboxStacks.ClientOf(stack), stack.SecretSetting);
        var configuration = In(stack, cloud, credential);
        var definition = new StackDefinition(
            stack.Configuration.Name,
            stack.Configuration.Cloud with { ArmEndpoint = cloud.ArmEndpoint, ArmAudience = cloud.ArmAudience, AuthorityHost = cloud.AuthorityHost, KnownAuthority = false },
            stack.Configuration.TenantId,
            stack.Configuration.SubscriptionId,
            credential,
            []);
        using var connection = new StackConnection(definition, cloud.Options.ClientSecret, () => OutboundHandlers.Create(roots));
        var before = Environment.GetEnvironmentVariable(ConfigurationVariable);
        Environment.SetEnvironmentVariable(ConfigurationVariable, JsonSerializer.Serialize(new Dictionary<string, string>
        {
            [$"{StackProgram.Project}:{StackProgram.ConfigurationKey}"] = configuration.ToJsonString(),
        }));
        try
        {
            var options = new TestOptions { ProjectName = StackProgram.Project, StackName = stack.Name, IsPreview = false };
            var (_, outputs) = await Deployment.TestAsync(new SimulatedProvider(connection), options, () => StackProgram.Run(TimeProvider.System));
            return TopologyParser.Parse(await Pulumi.Utilities.OutputUtilities.GetValueAsync((Output<string>)outputs["topology"]!)).Value!;
        }
        catch (RunException refused)
        {
            throw new InvalidOperationException($"Stack {stack.Name} was not brought up: {refused.Message}", refused);
        }
        finally
        {
            Environment.SetEnvironmentVariable(ConfigurationVariable, before);
        }
    }

    // What the sandbox changes of a stack: where its cloud is, and who signs in.
    private static JsonObject In(DemoStack stack, Sandbox.Azure.SandboxCloud cloud, CredentialDefinition credential)
    {
        var configuration = stack.Edit();
        configuration["cloud"] = new JsonObject
        {
            ["name"] = stack.Configuration.Cloud.Name,
            ["armEndpoint"] = cloud.ArmEndpoint.ToString(),
            ["armAudience"] = cloud.ArmAudience,
            ["authorityHost"] = cloud.AuthorityHost.ToString(),
            ["workloadSuffixes"] = new JsonArray(cloud.WorkloadSuffix),
            ["knownAuthority"] = false,
        };
        configuration["credential"] = new JsonObject
        {
            ["kind"] = "clientSecret",
            ["clientId"] = credential.ClientId.ToString(),
            ["secretSetting"] = credential.SecretSetting,
        };
        return configuration;
    }
}
