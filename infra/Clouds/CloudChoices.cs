using Orchestrator.Core.Configurations;

namespace Orchestrator.Infra.Clouds;

/// <summary>
/// Everything that the two clouds force apart, in one place. Endpoints come from here or from the resources themselves; nothing
/// else in this project names a host or asks which cloud it is in.
/// </summary>
/// <param name="ProviderEnvironment">What azure-native's <c>environment</c> is called. Source: azure-native provider configuration.</param>
/// <param name="FunctionsPlan">
/// What function apps run on. Public: Flex Consumption. China: Elastic Premium, as the regions that have Flex Consumption there are
/// not published. Source: docs.azure.cn, Flex Consumption plan (regions are to be listed with the CLI); global docs, hosting plans.
/// </param>
/// <param name="ClosedModels">Whether there are closed models. None in Azure China. Source: no Azure OpenAI audience or endpoint for it in Azure's SDKs.</param>
/// <param name="Zones">Private DNS zones. Source: private endpoint DNS documentation, public and docs.azure.cn.</param>
/// <param name="ModelTokenScope">What tokens for AI accounts are asked for. Source: Azure OpenAI authentication documentation.</param>
/// <param name="ServerTokenScope">What tokens for online endpoints are asked for. Source: azure-ai-ml, the clouds' <c>AML_RESOURCE_ID</c>.</param>
public sealed record CloudChoices(
    string ProviderEnvironment,
    FunctionsPlan FunctionsPlan,
    bool ClosedModels,
    PrivateZones Zones,
    string ModelTokenScope,
    string ServerTokenScope)
{
    private static readonly CloudChoices Public = new(
        "public",
        FunctionsPlan.Flex,
        ClosedModels: true,
        new(
            "privatelink.blob.core.windows.net",
            "privatelink.queue.core.windows.net",
            "privatelink.table.core.windows.net",
            "privatelink.vaultcore.azure.net",
            "privatelink.cognitiveservices.azure.com",
            ["privatelink.api.azureml.ms", "privatelink.notebooks.azure.net"]),
        "https://cognitiveservices.azure.com/.default",
        "https://ml.azure.com/.default");

    private static readonly CloudChoices China = new(
        "china",
        FunctionsPlan.ElasticPremium,
        ClosedModels: false,
        new(
            "privatelink.blob.core.chinacloudapi.cn",
            "privatelink.queue.core.chinacloudapi.cn",
            "privatelink.table.core.chinacloudapi.cn",
            "privatelink.vaultcore.azure.cn",
            "privatelink.cognitiveservices.azure.cn",
            ["privatelink.api.ml.azure.cn", "privatelink.notebooks.chinacloudapi.cn"]),
        string.Empty,
        "https://ml.azure.cn/.default");

    /// <summary>The choices of the cloud that a stack lives in.</summary>
    public static CloudChoices Of(StackConfiguration stack)
    {
        ArgumentNullException.ThrowIfNull(stack);
        return stack.IsInChina ? China : Public;
    }
}

/// <summary>The private DNS zones of the services that have addresses inside.</summary>
/// <param name="Blob">Blobs.</param>
/// <param name="Queue">Queues.</param>
/// <param name="Table">Tables.</param>
/// <param name="Vault">Key vaults.</param>
/// <param name="Account">AI accounts; nothing stands behind it in China.</param>
/// <param name="MachineLearning">Machine learning workspaces with their online endpoints: two zones for one address.</param>
public sealed record PrivateZones(string Blob, string Queue, string Table, string Vault, string Account, IReadOnlyList<string> MachineLearning);

/// <summary>What function apps run on.</summary>
public enum FunctionsPlan
{
    /// <summary>Flex Consumption, <c>FC1</c>: Linux, scales to zero, virtual network, no slots.</summary>
    Flex,

    /// <summary>Elastic Premium, <c>EP1</c>: an instance is always there.</summary>
    ElasticPremium,
}
