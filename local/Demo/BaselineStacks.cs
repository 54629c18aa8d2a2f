using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Azure.ResourceManager.Resources;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Outbound;
using Orchestrator.Sandbox;

namespace Orchestrator.Local.Demo;

/// <summary>Brings the demo's stacks up in the sandbox with a first release, through each cloud's ARM.</summary>
internal static class BaselineStacks
{
    /// <summary>Makes every region's app run the release of <paramref name="manifest"/>.</summary>
    public static async Task CreateAsync(SandboxHost sandbox, Topology topology, ReleaseManifest manifest, CancellationToken cancellationToken)
    {
        Register(sandbox, manifest);
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(sandbox.CertificateAuthorityPem);
        foreach (var stack in topology.Stacks)
        {
            var secret = sandbox.Clouds[SandboxStacks.CloudOf(stack.Name.Value)].Options.ClientSecret;
            using var connection = new StackConnection(stack, secret, () => OutboundHandlers.Create(roots));
            await Task.WhenAll(stack.Environments
                .SelectMany(environment => environment.Regions)
                .Select(region => CreateAsync(connection, region, manifest.Stacks[stack.Name].Image, cancellationToken)));
        }
    }

    /// <summary>Puts the release's images where the simulated clouds pull from: who publishes a release has pushed its images.</summary>
    public static void Register(SandboxHost sandbox, ReleaseManifest manifest)
    {
        foreach (var (stack, part) in manifest.Stacks)
        {
            sandbox.Clouds[SandboxStacks.CloudOf(stack.Value)].Images.Add(new(part.Image.Value, manifest.Version, [.. part.ModelNames()]));
        }
    }

    private static async Task CreateAsync(StackConnection connection, RegionDefinition region, ImageReference image, CancellationToken cancellationToken)
    {
        var location = new AzureLocation(region.Name.Value);
        var groups = connection.Arm.GetSubscriptionResource(new($"/subscriptions/{connection.Stack.SubscriptionId}")).GetResourceGroups();
        await groups.CreateOrUpdateAsync(WaitUntil.Completed, region.ResourceGroup.Value, new ResourceGroupData(location), cancellationToken);
        var app = new GenericResourceData(location) { Properties = BinaryData.FromString(Properties(image).ToJsonString(JsonSerializerOptions.Default)) };
        await connection.Arm.GetGenericResources().CreateOrUpdateAsync(WaitUntil.Completed, connection.AppId(region), app, cancellationToken);
    }

    private static JsonObject Properties(ImageReference image) => new()
    {
        ["configuration"] = new JsonObject
        {
            ["activeRevisionsMode"] = "Multiple",
            ["ingress"] = new JsonObject { ["external"] = true, ["targetPort"] = 8080 },
        },
        ["template"] = new JsonObject
        {
            ["revisionSuffix"] = "baseline",
            ["containers"] = new JsonArray(new JsonObject { ["name"] = "gateway", ["image"] = image.Value }),
            ["scale"] = new JsonObject { ["minReplicas"] = 1 },
        },
    };
}
