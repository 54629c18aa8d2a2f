using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Azure.Core;
using Orchestrator.Core.Configurations;
using Orchestrator.Functions.Azure;
using Orchestrator.Local.Demo;
using Orchestrator.Local.Provisioning;
using Orchestrator.Sandbox;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>The infra program against a simulated ARM that knows its types and versions, and refuses what a real one refuses.</summary>
public sealed class ProvisioningTests
{
    private const string MachineLearningVersion = "2025-12-01";

    [Theory]
    [InlineData(DemoStacks.UsClosed)]
    [InlineData(DemoStacks.ChinaOpen)]
    public async Task A_stack_that_is_closed_to_the_internet_comes_up(string stack)
    {
        await using var world = await World.UpAsync(stack, configuration => configuration["network"] = "private");

        (await world.ListAsync($"{world.Subscription}/providers/Microsoft.Network/privateEndpoints", "2024-05-01")).Count.ShouldBeGreaterThan(4);
    }

    [Fact]
    public async Task Open_models_of_its_own_come_up_with_their_servers_and_then_their_traffic()
    {
        await using var world = await World.UpAsync(DemoStacks.ChinaOpen, configuration =>
        {
            configuration["compliance"]!["exportLicence"] = "a licence";
            var model = Own(configuration["environments"]![0]!["openModels"]![0]!.AsObject());
            model["green"] = new JsonObject { ["image"] = $"contoso.azurecr.cn/vllm@sha256:{new string('9', 64)}" };
            model["traffic"] = new JsonObject { ["blue"] = 90, ["green"] = 10 };
            var onCluster = Own(configuration["environments"]![1]!["openModels"]![0]!.AsObject());
            onCluster["accelerator"]!.AsObject().Remove("vmSize");
            onCluster["cluster"] = new JsonObject
            {
                ["id"] = $"/subscriptions/{configuration["subscriptionId"]}/resourceGroups/rg/providers/Microsoft.Kubernetes/connectedClusters/own",
                ["namespace"] = "models",
            };
        });

        var endpoints = new List<JsonNode>();
        foreach (var workspace in await world.ListAsync($"{world.Subscription}/providers/Microsoft.MachineLearningServices/workspaces", MachineLearningVersion))
        {
            endpoints.AddRange(await world.ListAsync($"{workspace["id"]}/onlineEndpoints", MachineLearningVersion));
        }

        endpoints.Count.ShouldBe(4);
        endpoints.Select(endpoint => endpoint["properties"]!["traffic"]!).Select(traffic => (traffic["blue"]!.GetValue<int>(), traffic["green"]?.GetValue<int>())).Order()
            .ShouldBe([(90, 10), (100, null), (100, null), (100, null)]);
        endpoints.ShouldAllBe(endpoint => endpoint["identity"]!["userAssignedIdentities"]!.AsObject().Count == 1);
    }

    private static JsonObject Own(JsonObject model)
    {
        model["serving"] = "azureml";
        model["image"] = $"contoso.azurecr.cn/vllm@sha256:{new string('d', 64)}";
        model["accelerator"] = new JsonObject { ["vendor"] = "nvidia", ["kind"] = "T4", ["vmSize"] = "Standard_NC4as_T4_v3" };
        model.Remove("endpoint");
        return model;
    }

    // A stack's simulated cloud with the stack in it, and the way there.
    private sealed class World(SandboxHost sandbox, StackConnection connection) : IAsyncDisposable
    {
        public static async Task<World> UpAsync(string name, Action<JsonObject> change)
        {
            var shipped = DemoStacks.Of(name);
            var configuration = shipped.Edit();
            change(configuration);
            var stack = shipped with { Json = configuration.ToJsonString(), Configuration = StackConfigurationParser.Parse(configuration.ToJsonString()).Value! };
            var sandbox = await SandboxHost.StartAsync(SandboxStacks.Options(new()), TestContext.Current.CancellationToken);
            await StackPrograms.UpAsync(sandbox, [stack], TestContext.Current.CancellationToken);
            var roots = new X509Certificate2Collection();
            roots.ImportFromPem(sandbox.CertificateAuthorityPem);
            return new(sandbox, StackPrograms.Connect(stack, sandbox.Clouds[stack.Cloud], roots));
        }

        public string Subscription => $"/subscriptions/{connection.Stack.SubscriptionId}";

        public async Task<IReadOnlyList<JsonNode>> ListAsync(string list, string version)
        {
            using var message = connection.Pipeline.CreateMessage();
            message.Request.Method = RequestMethod.Get;
            message.Request.Uri.Reset(new Uri(connection.Stack.Cloud.ArmEndpoint, $"{list}?api-version={version}"));
            await connection.Pipeline.SendAsync(message, TestContext.Current.CancellationToken);
            return [.. JsonNode.Parse(message.Response.Content.ToString())!["value"]!.AsArray().Select(item => item!)];
        }

        public ValueTask DisposeAsync()
        {
            connection.Dispose();
            return sandbox.DisposeAsync();
        }
    }
}
