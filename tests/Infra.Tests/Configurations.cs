using System.Text.Json.Nodes;
using CsCheck;

namespace Orchestrator.Infra.Tests;

/// <summary>Configurations that nobody has written: any shape that is allowed, and pairs of stacks that share nothing.</summary>
internal static class Configurations
{
    private const int MostMirrored = 50;

    private static readonly string[] UsRegions = ["eastus", "eastus2", "westus3", "westcentralus", "centralus", "northcentralus"];
    private static readonly string[] ChinaRegions = ["chinanorth", "chinanorth2", "chinanorth3", "chinaeast", "chinaeast2", "chinaeast3"];

    /// <summary>A stack in the public cloud and one in China.</summary>
    public static Gen<(JsonObject Us, JsonObject China)> Pair { get; } = Gen.Select(Of("us-any", UsRegions, china: false), Of("cn-any", ChinaRegions, china: true));

    private static Gen<JsonObject> Of(string name, string[] regions, bool china) => Gen.Select(
        Gen.Select(Gen.Int[1, regions.Length], Gen.Int[1, 3], Gen.Int[0, regions.Length - 1], (count, environments, home) => (Count: count, Environments: environments, Home: home)),
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Int[0, 100], (isPrivate, hasRegistry, green) => new Shape(isPrivate, hasRegistry || isPrivate, green)),
        Gen.Guid,
        Gen.Guid,
        (size, shape, tenant, subscription) =>
            Stack(name, regions, regions[size.Home], china, shape, [.. Enumerable.Range(0, size.Environments).Select(_ => regions[..size.Count])], tenant, subscription));

    private static JsonObject Stack(string name, string[] residency, string home, bool china, Shape shape, string[][] environments, Guid tenant, Guid subscription) => new()
    {
        ["name"] = name,
        ["repository"] = "contoso/assistant",
        ["owner"] = $"owner-of-{name}",
        ["costCentre"] = $"cost-of-{name}",
        ["cloud"] = new JsonObject { ["name"] = china ? "AzureChinaCloud" : "AzurePublicCloud" },
        ["tenantId"] = tenant.ToString(),
        ["subscriptionId"] = subscription.ToString(),
        ["network"] = shape.IsPrivate ? "private" : "public",
        ["orchestrator"] = new JsonObject { ["region"] = home, ["package"] = $"https://packages.{name}.example/app.zip" },
        ["image"] = $"{Registry(name, china, shape)}/gateway@sha256:{new string(china ? 'c' : 'a', 64)}",
        ["registry"] = shape.HasRegistry ? $"/subscriptions/{subscription}/resourceGroups/rg-{name}/providers/Microsoft.ContainerRegistry/registries/{RegistryName(name)}" : null,
        ["compliance"] = new JsonObject
        {
            ["market"] = china ? "china" : "unitedStates",
            ["residency"] = new JsonArray([.. residency.Select(region => (JsonNode)region)]),
            ["closedModels"] = !china,
            ["ownership"] = new JsonObject { ["country"] = "US", ["date"] = "2026-10-01" },
            ["exportLicence"] = "licence",
        },
        ["environments"] = new JsonArray([.. environments.Select((regions, number) => Environment($"stage{number}", regions, china, name, shape, subscription))]),
    };

    private static JsonObject Environment(string name, string[] regions, bool china, string stack, Shape shape, Guid subscription)
    {
        var environment = new JsonObject
        {
            ["name"] = name,
            ["waves"] = new JsonArray(new JsonObject { ["name"] = "all", ["regions"] = new JsonArray([.. regions.Select(region => new JsonObject { ["name"] = region })]) }),
        };
        environment[china ? "openModels" : "closedModels"] = china
            ? new JsonArray(InTwoColours(stack, shape), Open(stack, "external", shape), OnCluster(stack, shape, subscription))
            : new JsonArray(Closed("gpt-5"), Closed("gpt-5-mini"));
        return environment;
    }

    private static JsonObject Closed(string name) => new() { ["format"] = "OpenAI", ["name"] = name, ["version"] = "2026-08-07", ["capacity"] = 5 };

    private static JsonObject InTwoColours(string stack, Shape shape)
    {
        var model = Open(stack, "azureml", shape);
        model["green"] = new JsonObject { ["image"] = $"{Registry(stack, china: true, shape)}/vllm@sha256:{new string('9', 64)}" };
        model["traffic"] = new JsonObject { ["blue"] = 100 - shape.Green, ["green"] = shape.Green };
        model["mirror"] = shape.Green == 0 ? new JsonObject { ["green"] = MostMirrored } : null;
        return model;
    }

    private static JsonObject OnCluster(string stack, Shape shape, Guid subscription)
    {
        var model = Open(stack, "azureml", shape);
        model["name"] = "open-on-cluster";
        model["accelerator"] = new JsonObject { ["vendor"] = "ascend", ["kind"] = "910C", ["count"] = 2, ["runtime"] = new JsonObject { ["plugin"] = "vllm-ascend 0.23.0", ["engine"] = "vllm 0.23.0", ["cann"] = "9.1.0", ["driver"] = "25.5.0" } };
        model["cluster"] = new JsonObject { ["id"] = $"/subscriptions/{subscription}/resourceGroups/rg-{stack}/providers/Microsoft.Kubernetes/connectedClusters/own", ["namespace"] = "models" };
        return model;
    }

    private static JsonObject Open(string stack, string serving, Shape shape) => new()
    {
        ["name"] = $"open-{serving}",
        ["serving"] = serving,
        ["endpoint"] = serving == "external" ? $"https://models.{stack}.example" : null,
        ["image"] = serving == "azureml" ? $"{Registry(stack, china: true, shape)}/vllm@sha256:{new string('d', 64)}" : null,
        ["accelerator"] = new JsonObject { ["vendor"] = "nvidia", ["kind"] = "A100", ["vmSize"] = serving == "azureml" ? "Standard_NC24ads_A100_v4" : null },
        ["weights"] = new JsonObject { ["repository"] = "deepseek-ai/DeepSeek-V4-Flash", ["revision"] = new string('e', 40), ["digest"] = new string('f', 64), ["license"] = "MIT" },
    };

    private static string Registry(string stack, bool china, Shape shape) =>
        shape.HasRegistry ? $"{RegistryName(stack)}.azurecr.{(china ? "cn" : "io")}" : $"images.{stack}.example";

    private static string RegistryName(string stack) => $"images{stack.Replace("-", string.Empty, StringComparison.Ordinal)}";

    /// <summary>What may differ from stack to stack.</summary>
    /// <param name="IsPrivate">Whether its services are closed to the internet.</param>
    /// <param name="HasRegistry">Whether images come from a registry of Azure's, or from one that asks nobody who he is.</param>
    /// <param name="Green">The green server's percent of the requests.</param>
    private sealed record Shape(bool IsPrivate, bool HasRegistry, int Green);
}
