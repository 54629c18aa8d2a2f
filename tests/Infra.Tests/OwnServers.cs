using System.Text.Json.Nodes;

namespace Orchestrator.Infra.Tests;

/// <summary>The China stack as it ships, with a model of staging served by Azure Machine Learning instead of elsewhere.</summary>
internal static class OwnServers
{
    private const string Registry = "contoso.azurecr.cn";

    /// <summary>Staging alone, closed to the internet, with both colours.</summary>
    public static JsonObject InTwoColours()
    {
        var configuration = Staging();
        configuration["network"] = "private";
        configuration["compliance"]!["exportLicence"] = "GX-2026-17";
        var model = OnMachines(ModelOf(configuration));
        model["green"] = new JsonObject
        {
            ["image"] = Image('9'),
            ["weights"] = new JsonObject { ["repository"] = "deepseek-ai/DeepSeek-V4-Flash", ["revision"] = new string('1', 40), ["digest"] = new string('2', 64), ["license"] = "MIT" },
        };
        model["mirror"] = new JsonObject { ["green"] = 10 };
        return configuration;
    }

    /// <summary>Staging alone, with a model on a cluster of the stack's own subscription.</summary>
    public static JsonObject OnCluster()
    {
        var configuration = Staging();
        var model = Serve(ModelOf(configuration));
        model["accelerator"] = new JsonObject { ["vendor"] = "ascend", ["kind"] = "910C", ["count"] = 3, ["runtime"] = new JsonObject { ["plugin"] = "vllm-ascend 0.23.0", ["engine"] = "vllm 0.23.0", ["cann"] = "9.1.0", ["driver"] = "25.5.0" } };
        model["cluster"] = new JsonObject
        {
            ["id"] = $"/subscriptions/{configuration["subscriptionId"]}/resourceGroups/rg-models/providers/Microsoft.Kubernetes/connectedClusters/ascend",
            ["namespace"] = "models",
            ["instanceType"] = "ascend-4",
        };
        return configuration;
    }

    public static JsonObject ModelOf(JsonObject configuration) => configuration["environments"]![0]!["openModels"]![0]!.AsObject();

    private static JsonObject Staging()
    {
        var configuration = Programs.Shipped("china-open");
        configuration["environments"]!.AsArray().RemoveAt(1);
        return configuration;
    }

    private static JsonObject OnMachines(JsonObject model)
    {
        Serve(model)["accelerator"] = new JsonObject { ["vendor"] = "nvidia", ["kind"] = "T4", ["vmSize"] = "Standard_NC4as_T4_v3", ["count"] = 2 };
        return model;
    }

    private static JsonObject Serve(JsonObject model)
    {
        model.Remove("endpoint");
        model["serving"] = "azureml";
        model["image"] = Image('d');
        return model;
    }

    private static string Image(char digit) => $"{Registry}/vllm@sha256:{new string(digit, 64)}";
}
