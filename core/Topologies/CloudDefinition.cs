namespace Orchestrator.Core.Topologies;

/// <summary>
/// An Azure cloud as its own island: a token, a host name or an identity of one cloud never works in another.
/// </summary>
/// <param name="Name">The cloud's name as the Azure CLI spells it, e.g. <c>AzureChinaCloud</c>.</param>
/// <param name="ArmEndpoint">Azure Resource Manager's address.</param>
/// <param name="ArmAudience">The audience of ARM tokens. Public Azure's ends with a slash and China's does not; both are meant so.</param>
/// <param name="AuthorityHost">The Entra endpoint that issues tokens.</param>
/// <param name="WorkloadSuffixes">The DNS suffixes under which the stack's workloads answer, each with its leading dot.</param>
/// <param name="KnownAuthority">
/// Whether the authority is one that Microsoft's instance discovery knows. For any other, discovery is switched off:
/// it would ask the public cloud about a host that is not its own.
/// </param>
/// <param name="ModelSuffixes">The DNS suffixes under which the stack's AI accounts and online endpoints answer.</param>
/// <param name="BlobSuffix">The DNS suffix of its blob storage; null when it has none that is reached.</param>
public sealed record CloudDefinition(
    string Name,
    Uri ArmEndpoint,
    string ArmAudience,
    Uri AuthorityHost,
    IReadOnlyList<string> WorkloadSuffixes,
    bool KnownAuthority,
    IReadOnlyList<string>? ModelSuffixes = null,
    string? BlobSuffix = null)
{
    /// <summary>
    /// Azure public. Source: Azure.ResourceManager 1.7.0 <c>ArmEnvironment.AzurePublicCloud</c>; Container Apps firewall documentation;
    /// Azure AI services, custom subdomains; Azure Machine Learning, online endpoints' addresses; Azure Storage, endpoints.
    /// </summary>
    public static CloudDefinition AzurePublic { get; } = new(
        "AzurePublicCloud",
        new("https://management.azure.com/"),
        "https://management.azure.com/",
        new("https://login.microsoftonline.com/"),
        [".azurecontainerapps.io"],
        KnownAuthority: true,
        [".cognitiveservices.azure.com", ".openai.azure.com", ".inference.ml.azure.com"],
        ".blob.core.windows.net");

    /// <summary>
    /// Azure China (21Vianet). Source: Azure.ResourceManager 1.7.0 <c>ArmEnvironment.AzureChina</c>; Container Apps firewall documentation;
    /// docs.azure.cn, endpoints of Azure Machine Learning and Azure Storage.
    /// </summary>
    public static CloudDefinition AzureChina { get; } = new(
        "AzureChinaCloud",
        new("https://management.chinacloudapi.cn/"),
        "https://management.chinacloudapi.cn",
        new("https://login.chinacloudapi.cn/"),
        [".azurecontainerapps.cn"],
        KnownAuthority: true,
        [".inference.ml.azure.cn"],
        ".blob.core.chinacloudapi.cn");

    /// <summary>The clouds whose endpoints need not be spelled out.</summary>
    public static IReadOnlyList<CloudDefinition> WellKnown { get; } = [AzurePublic, AzureChina];
}
