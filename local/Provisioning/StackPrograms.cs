using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Outbound;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox;
using Pulumi;

namespace Orchestrator.Local.Provisioning;

/// <summary>Brings stacks up in the sandbox by running the infra program, as <c>pulumi up</c> would in the real clouds.</summary>
internal static class StackPrograms
{
    /// <summary>Brings all stacks up with their first image, and returns the programs' topologies as one.</summary>
    /// <exception cref="InvalidOperationException">A program refused its configuration, or a cloud refused a resource.</exception>
    public static Task<Topology> UpAsync(SandboxHost sandbox, CancellationToken cancellationToken) => UpAsync(sandbox, DemoStacks.All, cancellationToken);

    /// <summary>Brings some stacks up with their first image, and returns the programs' topologies as one.</summary>
    /// <exception cref="InvalidOperationException">A program refused its configuration, or a cloud refused a resource.</exception>
    public static async Task<Topology> UpAsync(SandboxHost sandbox, IEnumerable<DemoStack> demoStacks, CancellationToken cancellationToken)
    {
        DemoReleases.Register(sandbox, ReleaseManifestParser.Parse(DemoReleases.Manifest(DemoReleases.BaselineVersion)).Value!);
        DemoStack[] all = [.. demoStacks];
        DemoModels.Prepare(sandbox, all);
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(sandbox.CertificateAuthorityPem);
        var stacks = new List<StackDefinition>();
        sandbox.Latencies.IsPaused = true;
        try
        {
            foreach (var stack in all)
            {
                stacks.AddRange((await UpAsync(stack, sandbox.Clouds[stack.Cloud], roots, cancellationToken)).Stacks);
            }
        }
        finally
        {
            sandbox.Latencies.IsPaused = false;
        }

        return new(DemoStacks.Repository, stacks);
    }

    private static async Task<Topology> UpAsync(DemoStack stack, Sandbox.Azure.SandboxCloud cloud, X509Certificate2Collection roots, CancellationToken cancellationToken)
    {
        using var connection = Connect(stack, cloud, roots);
        var configuration = In(stack, cloud, connection.Stack.Credential);
        await SimulatedArm.PutBelongingsAsync(connection, stack.Configuration, cancellationToken);
        try
        {
            var outputs = await ProgramRunner.RunAsync(stack.Name, configuration.ToJsonString(), DemoStacks.Folder, new SimulatedProvider(connection), isPreview: false, cancellationToken);
            return TopologyParser.Parse(await Pulumi.Utilities.OutputUtilities.GetValueAsync((Output<string>)outputs["topology"]!)).Value!;
        }
        catch (RunException refused)
        {
            throw new InvalidOperationException($"Stack {stack.Name} was not brought up: {refused.Message}", refused);
        }
    }

    /// <summary>The way to the simulated cloud that a stack lives in, signed in as the stack's own application.</summary>
    public static StackConnection Connect(DemoStack stack, Sandbox.Azure.SandboxCloud cloud, X509Certificate2Collection roots) => new(
        new(
            stack.Configuration.Name,
            stack.Configuration.Cloud with { ArmEndpoint = cloud.ArmEndpoint, ArmAudience = cloud.ArmAudience, AuthorityHost = cloud.AuthorityHost, KnownAuthority = false },
            stack.Configuration.TenantId,
            stack.Configuration.SubscriptionId,
            new(CredentialKind.ClientSecret, SandboxStacks.ClientOf(stack), stack.SecretSetting),
            []),
        cloud.Options.ClientSecret,
        () => OutboundHandlers.Create(roots));

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
            ["modelSuffixes"] = new JsonArray([.. cloud.ModelSuffixes]),
            ["blobSuffix"] = cloud.BlobSuffix,
        };
        if (configuration["weightsHub"] is JsonObject hub)
        {
            hub["address"] = cloud.Hub.Address.ToString();
            hub["redirects"] = new JsonArray($".{cloud.Hub.Address.Host}");
        }

        foreach (var environment in configuration["environments"]!.AsArray().OfType<JsonObject>())
        {
            foreach (var model in (environment["openModels"] as JsonArray ?? []).OfType<JsonObject>().Where(model => model["endpoint"] is not null))
            {
                model["endpoint"] = cloud.External.AddressOf(DemoModels.ServerOf(environment["name"]!.GetValue<string>(), model["name"]!.GetValue<string>())).ToString();
            }
        }

        configuration["credential"] = new JsonObject
        {
            ["kind"] = "clientSecret",
            ["clientId"] = credential.ClientId.ToString(),
            ["secretSetting"] = credential.SecretSetting,
        };
        return configuration;
    }
}
