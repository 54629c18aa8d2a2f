using System.Text.Json.Nodes;
using Orchestrator.Core.Configurations;
using Orchestrator.Core.Names;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Models;
using Orchestrator.Local.Demo;
using Orchestrator.Local.Provisioning;

namespace Orchestrator.EndToEnd.Tests.Models;

/// <summary>An online endpoint and its servers, as the infra program asks ARM for them.</summary>
internal static class OnlineEndpoint
{
    public const string Version = "2025-12-01";
    public const string Group = "rg-online";
    public const string Workspace = "Microsoft.MachineLearningServices/workspaces/ml";
    public const string Endpoint = $"{Workspace}/onlineEndpoints/models";

    /// <summary>The region that has it.</summary>
    public static RegionTarget Target(StackConnection connection, string region) => new(connection.Stack.Name, Identifier.Parse<EnvironmentName>("staging"), new(
        Identifier.Parse<RegionName>(region),
        Identifier.Parse<ResourceGroupName>(Group),
        Identifier.Parse<ContainerAppName>("gateway"),
        new(null, "weights", [new(OnlineWorld.Model, ServingKind.Azureml, DemoStacks.Of(DemoStacks.ChinaOpen).Configuration.OpenModels.First().Accelerator, Workspace: "ml", OnlineEndpoint: "models")])));

    /// <summary>Makes the endpoint, with one server that has all of the traffic, and what both are in.</summary>
    public static async Task MakeAsync(StackConnection connection, ModelResources resources, RegionTarget target, Sha256Digest blue, bool isOnCluster)
    {
        var token = TestContext.Current.CancellationToken;
        var location = target.Region.Name.Value;
        await SimulatedArm.PutAsync(connection, $"/subscriptions/{connection.Stack.SubscriptionId}/resourceGroups/{Group}", "2024-03-01", new() { ["location"] = location }, token);
        await resources.PutAsync(target, Workspace, Version, new() { ["location"] = location, ["properties"] = new JsonObject() }, token);
        await resources.PutAsync(target, Endpoint, Version, Body(target, isOnCluster, serving: null), token);
        var container = $"{Workspace}/environments/{OnlineWorld.Model}/versions/blue-000000000000";
        await resources.PutAsync(target, container, Version, new() { ["properties"] = new JsonObject { ["image"] = Image('0'), ["osType"] = "Linux" } }, token);
        await resources.PutAsync(target, $"{Endpoint}/deployments/blue", Version, Server(target, blue.Value, connection.IdIn(target.Region, container), "pulumi"), token);
        await resources.PutAsync(target, Endpoint, Version, Body(target, isOnCluster, serving: "blue"), token);
    }

    /// <summary>An image of a server, by a digest of one digit.</summary>
    public static string Image(char digit) => $"contoso.azurecr.io/vllm@sha256:{new string(digit, 64)}";

    /// <summary>The endpoint.</summary>
    /// <param name="target">Where.</param>
    /// <param name="isOnCluster">Whether it is on a cluster, and so gives out tokens of its own.</param>
    /// <param name="serving">The server with all of the traffic; null when there is none.</param>
    public static JsonObject Body(RegionTarget target, bool isOnCluster, string? serving)
    {
        var properties = new JsonObject { ["authMode"] = isOnCluster ? "AMLToken" : "AADToken" };
        if (serving is not null)
        {
            properties["traffic"] = new JsonObject { [serving] = 100 };
        }

        return new() { ["location"] = target.Region.Name.Value, ["kind"] = isOnCluster ? "Kubernetes" : "Managed", ["properties"] = properties };
    }

    /// <summary>A server.</summary>
    /// <param name="target">Where.</param>
    /// <param name="weights">The digest of what it loads.</param>
    /// <param name="container">The ARM id of what it runs.</param>
    /// <param name="maker">Who has made it, by its tag; null for no tags.</param>
    public static JsonObject Server(RegionTarget target, string weights, string container, string? maker) => new()
    {
        ["location"] = target.Region.Name.Value,
        ["tags"] = maker is null ? null : new JsonObject { ["managed-by"] = maker, ["cost-centre"] = "1234" },
        ["sku"] = new JsonObject { ["name"] = "Default", ["capacity"] = 2 },
        ["properties"] = new JsonObject
        {
            ["endpointComputeType"] = "Managed",
            ["environmentId"] = container,
            ["instanceType"] = "Standard_NC24ads_A100_v4",
            ["requestSettings"] = new JsonObject { ["maxConcurrentRequestsPerInstance"] = 8 },
            ["environmentVariables"] = new JsonObject
            {
                ["SERVED_MODEL_NAME"] = OnlineWorld.Model,
                ["WEIGHTS_URL"] = $"https://weights.blob.example/weights/{weights}",
                ["WEIGHTS_DIGEST"] = weights,
                ["AZURE_CLIENT_ID"] = "an-identity",
            },
        },
    };

    /// <summary>A server as it is, with another maker's tag, or none.</summary>
    public static JsonObject Tagged(JsonObject found, string? maker)
    {
        var properties = found["properties"]!.DeepClone().AsObject();
        properties.Remove("provisioningState");
        return new()
        {
            ["location"] = found["location"]!.DeepClone(),
            ["tags"] = maker is null ? null : new JsonObject { ["managed-by"] = maker },
            ["sku"] = found["sku"]!.DeepClone(),
            ["properties"] = properties,
        };
    }
}
