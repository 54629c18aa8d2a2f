using System.Text.Json.Nodes;
using CsCheck;

namespace Orchestrator.Infra.Tests;

/// <summary>Configurations that nobody has written: any shape that is allowed, and pairs of stacks that share nothing.</summary>
internal static class Configurations
{
    private static readonly string[] UsRegions = ["eastus", "eastus2", "westus3", "westcentralus", "centralus", "northcentralus"];
    private static readonly string[] ChinaRegions = ["chinanorth", "chinanorth2", "chinanorth3", "chinaeast", "chinaeast2", "chinaeast3"];

    /// <summary>A stack in the public cloud and one in China.</summary>
    public static Gen<(JsonObject Us, JsonObject China)> Pair { get; } = Gen.Select(Of("us-any", UsRegions, china: false), Of("cn-any", ChinaRegions, china: true));

    /// <summary>A stack of so many regions in one environment.</summary>
    public static JsonObject OfRegions(int count)
    {
        var regions = Enumerable.Range(0, count).Select(number => $"region{number}").ToArray();
        return Stack("us-many", regions, china: false, isPrivate: false, [regions], new Guid(1, 2, 3, [0, 0, 0, 0, 0, 0, 0, 1]), new Guid(1, 2, 3, [0, 0, 0, 0, 0, 0, 0, 2]));
    }

    private static Gen<JsonObject> Of(string name, string[] regions, bool china) => Gen.Select(
        Gen.Int[1, regions.Length],
        Gen.Int[1, 3],
        Gen.Bool,
        Gen.Guid,
        Gen.Guid,
        (count, environments, isPrivate, tenant, subscription) =>
            Stack(name, regions, china, isPrivate, [.. Enumerable.Range(0, environments).Select(_ => regions[..count])], tenant, subscription));

    private static JsonObject Stack(string name, string[] residency, bool china, bool isPrivate, string[][] environments, Guid tenant, Guid subscription) => new()
    {
        ["name"] = name,
        ["repository"] = "contoso/assistant",
        ["owner"] = $"owner-of-{name}",
        ["costCentre"] = $"cost-of-{name}",
        ["cloud"] = new JsonObject { ["name"] = china ? "AzureChinaCloud" : "AzurePublicCloud" },
        ["tenantId"] = tenant.ToString(),
        ["subscriptionId"] = subscription.ToString(),
        ["network"] = isPrivate ? "private" : "public",
        ["orchestrator"] = new JsonObject { ["region"] = residency[0] },
        ["image"] = $"{name}.azurecr.{(china ? "cn" : "io")}/gateway@sha256:{new string(china ? 'c' : 'a', 64)}",
        ["compliance"] = new JsonObject
        {
            ["market"] = china ? "china" : "unitedStates",
            ["residency"] = new JsonArray([.. residency.Select(region => (JsonNode)region)]),
            ["closedModels"] = !china,
            ["ownership"] = new JsonObject { ["country"] = "US", ["date"] = "2026-10-01" },
            ["exportLicence"] = "licence",
        },
        ["environments"] = new JsonArray([.. environments.Select((regions, number) => Environment($"stage{number}", regions, china, name, subscription))]),
    };

    private static JsonObject Environment(string name, string[] regions, bool china, string stack, Guid subscription)
    {
        var environment = new JsonObject
        {
            ["name"] = name,
            ["waves"] = new JsonArray(new JsonObject { ["name"] = "all", ["regions"] = new JsonArray([.. regions.Select(region => new JsonObject { ["name"] = region })]) }),
        };
        environment[china ? "openModels" : "closedModels"] = china ? new JsonArray(Open(stack, "azureml"), Open(stack, "external"), OnCluster(stack, subscription)) : new JsonArray(Closed());
        return environment;
    }

    private static JsonObject Closed() => new() { ["format"] = "OpenAI", ["name"] = "gpt-5", ["version"] = "2026-08-07", ["capacity"] = 5 };

    private static JsonObject OnCluster(string stack, Guid subscription)
    {
        var model = Open(stack, "azureml");
        model["name"] = "open-on-cluster";
        model["accelerator"] = new JsonObject { ["vendor"] = "ascend", ["kind"] = "910C", ["count"] = 2 };
        model["cluster"] = new JsonObject { ["id"] = $"/subscriptions/{subscription}/resourceGroups/rg-{stack}/providers/Microsoft.Kubernetes/connectedClusters/own", ["namespace"] = "models" };
        return model;
    }

    private static JsonObject Open(string stack, string serving) => new()
    {
        ["name"] = $"open-{serving}",
        ["serving"] = serving,
        ["endpoint"] = serving == "external" ? $"https://models.{stack}.example" : null,
        ["image"] = serving == "azureml" ? $"{stack}.azurecr.cn/vllm@sha256:{new string('d', 64)}" : null,
        ["accelerator"] = new JsonObject { ["vendor"] = "nvidia", ["kind"] = "A100", ["vmSize"] = serving == "azureml" ? "Standard_NC24ads_A100_v4" : null },
        ["weights"] = new JsonObject { ["repository"] = "deepseek-ai/DeepSeek-V4-Flash", ["revision"] = new string('e', 40), ["digest"] = new string('f', 64), ["license"] = "MIT" },
    };
}
