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
/// <param name="BlobZone">Private DNS zone of blobs. Source: private endpoint DNS documentation, public and docs.azure.cn.</param>
/// <param name="VaultZone">Private DNS zone of key vaults. Same source.</param>
/// <param name="AccountZone">Private DNS zone of AI accounts. Same source; nothing stands behind it in China.</param>
/// <param name="ModelTokenScope">What tokens for AI accounts are asked for. Source: Azure OpenAI authentication documentation.</param>
public sealed record CloudChoices(
    string ProviderEnvironment,
    FunctionsPlan FunctionsPlan,
    bool ClosedModels,
    string BlobZone,
    string VaultZone,
    string AccountZone,
    string ModelTokenScope)
{
    private static readonly CloudChoices Public = new(
        "public",
        FunctionsPlan.Flex,
        ClosedModels: true,
        "privatelink.blob.core.windows.net",
        "privatelink.vaultcore.azure.net",
        "privatelink.cognitiveservices.azure.com",
        "https://cognitiveservices.azure.com/.default");

    private static readonly CloudChoices China = new(
        "china",
        FunctionsPlan.ElasticPremium,
        ClosedModels: false,
        "privatelink.blob.core.chinacloudapi.cn",
        "privatelink.vaultcore.azure.cn",
        "privatelink.cognitiveservices.azure.cn",
        string.Empty);

    /// <summary>The choices of the cloud that a stack lives in.</summary>
    public static CloudChoices Of(StackConfiguration stack)
    {
        ArgumentNullException.ThrowIfNull(stack);
        return stack.IsInChina ? China : Public;
    }
}

/// <summary>What function apps run on.</summary>
public enum FunctionsPlan
{
    /// <summary>Flex Consumption, <c>FC1</c>: Linux, scales to zero, virtual network, no slots.</summary>
    Flex,

    /// <summary>Elastic Premium, <c>EP1</c>: an instance is always there.</summary>
    ElasticPremium,
}
