using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Orchestrator.Local.Provisioning;

/// <summary>
/// Where ARM keeps what azure-native's tokens name: the paths of its provider metadata, for the types that the infra program uses.
/// A name in braces is an input of that name.
/// </summary>
internal static partial class AzureNativePaths
{
    private const string Providers = "/providers/";
    private const string Group = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
    private const string MachineLearning = Group + "/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}";

    private static readonly Dictionary<string, string> Known = new()
    {
        ["resources:ResourceGroup"] = Group,
        ["resources:Deployment"] = Group + "/providers/Microsoft.Resources/deployments/{deploymentName}",
        ["app:ManagedEnvironment"] = Group + "/providers/Microsoft.App/managedEnvironments/{environmentName}",
        ["app:ContainerApp"] = Group + "/providers/Microsoft.App/containerApps/{containerAppName}",
        ["cognitiveservices:Account"] = Group + "/providers/Microsoft.CognitiveServices/accounts/{accountName}",
        ["cognitiveservices:Deployment"] = Group + "/providers/Microsoft.CognitiveServices/accounts/{accountName}/deployments/{deploymentName}",
        ["storage:StorageAccount"] = Group + "/providers/Microsoft.Storage/storageAccounts/{accountName}",
        ["storage:BlobContainer"] = Group + "/providers/Microsoft.Storage/storageAccounts/{accountName}/blobServices/default/containers/{containerName}",
        ["keyvault:Vault"] = Group + "/providers/Microsoft.KeyVault/vaults/{vaultName}",
        ["keyvault:Secret"] = Group + "/providers/Microsoft.KeyVault/vaults/{vaultName}/secrets/{secretName}",
        ["managedidentity:UserAssignedIdentity"] = Group + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}",
        ["authorization:RoleDefinition"] = "{scope}/providers/Microsoft.Authorization/roleDefinitions/{roleDefinitionId}",
        ["authorization:RoleAssignment"] = "{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
        ["operationalinsights:Workspace"] = Group + "/providers/Microsoft.OperationalInsights/workspaces/{workspaceName}",
        ["applicationinsights:Component"] = Group + "/providers/Microsoft.Insights/components/{resourceName}",
        ["monitor:DiagnosticSetting"] = "{resourceUri}/providers/Microsoft.Insights/diagnosticSettings/{name}",
        ["web:AppServicePlan"] = Group + "/providers/Microsoft.Web/serverfarms/{name}",
        ["web:WebApp"] = Group + "/providers/Microsoft.Web/sites/{name}",
        ["machinelearningservices:Workspace"] = MachineLearning,
        ["machinelearningservices:Compute"] = MachineLearning + "/computes/{computeName}",
        ["machinelearningservices:EnvironmentVersion"] = MachineLearning + "/environments/{name}/versions/{version}",
        ["machinelearningservices:OnlineEndpoint"] = MachineLearning + "/onlineEndpoints/{endpointName}",
        ["machinelearningservices:OnlineDeployment"] = MachineLearning + "/onlineEndpoints/{endpointName}/deployments/{deploymentName}",
        ["network:VirtualNetwork"] = Group + "/providers/Microsoft.Network/virtualNetworks/{virtualNetworkName}",
        ["network:PrivateEndpoint"] = Group + "/providers/Microsoft.Network/privateEndpoints/{privateEndpointName}",
        ["network:PrivateDnsZoneGroup"] = Group + "/providers/Microsoft.Network/privateEndpoints/{privateEndpointName}/privateDnsZoneGroups/{privateDnsZoneGroupName}",
        ["privatedns:PrivateZone"] = Group + "/providers/Microsoft.Network/privateDnsZones/{privateZoneName}",
        ["privatedns:VirtualNetworkLink"] = Group + "/providers/Microsoft.Network/privateDnsZones/{privateZoneName}/virtualNetworkLinks/{virtualNetworkLinkName}",
    };

    /// <summary>The path and API version of a resource, and which of its inputs have gone into the path.</summary>
    /// <param name="token">The token, e.g. <c>azure-native:app/v20250701:ContainerApp</c>.</param>
    /// <param name="subscription">The subscription.</param>
    /// <param name="inputs">The inputs.</param>
    /// <exception cref="InvalidOperationException">The token names no type that is known here, or an input for the path is missing.</exception>
    public static AzureNativePath Of(string token, Guid subscription, ImmutableDictionary<string, object> inputs)
    {
        var (template, version) = Read(token);
        var taken = new List<string>();
        var path = Placeholder().Replace(template, found => Value(found.Groups["name"].Value));
        return new(path, version, taken);

        string Value(string name)
        {
            if (name == "subscriptionId")
            {
                return subscription.ToString();
            }

            taken.Add(name);
            return inputs.TryGetValue(name, out var value) ? (string)value : throw new InvalidOperationException($"Expected the input '{name}' of {token}, found none: names are explicit here.");
        }
    }

    /// <summary>The ARM type and API version that a token stands for, e.g. <c>Microsoft.App/containerApps</c>.</summary>
    /// <exception cref="InvalidOperationException">The token names no type that is known here.</exception>
    public static (string Type, string ApiVersion) TypeOf(string token)
    {
        var (template, version) = Read(token);
        var provider = template.LastIndexOf(Providers, StringComparison.Ordinal);
        var parts = provider < 0 ? ["Microsoft.Resources", "resourceGroups"] : template[(provider + Providers.Length)..].Split('/');
        return ($"{parts[0]}/{string.Join('/', parts.Skip(1).Where((_, index) => index % 2 == 0))}", version);
    }

    private static (string Template, string ApiVersion) Read(string token)
    {
        var parts = Token().Match(token);
        if (!parts.Success || !Known.TryGetValue($"{parts.Groups["module"].Value}:{parts.Groups["type"].Value}", out var template))
        {
            throw new InvalidOperationException($"Expected a type that the simulated provider knows, found '{token}'. Add its path to {nameof(AzureNativePaths)}.");
        }

        var (year, month, day, rest) = (parts.Groups["year"].Value, parts.Groups["month"].Value, parts.Groups["day"].Value, parts.Groups["rest"].Value);
        return (template, $"{year}-{month}-{day}{(rest.Length == 0 ? string.Empty : $"-{rest}")}");
    }

    [GeneratedRegex(@"\Aazure-native:(?<module>\w+)/v(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?<rest>\w*):(?<type>\w+)\z")]
    private static partial Regex Token();

    [GeneratedRegex(@"\{(?<name>\w+)\}")]
    private static partial Regex Placeholder();
}

/// <summary>Where a resource is.</summary>
/// <param name="Path">Its id.</param>
/// <param name="ApiVersion">The API version, as ARM spells it.</param>
/// <param name="Taken">The inputs that are in the path.</param>
internal sealed record AzureNativePath(string Path, string ApiVersion, IReadOnlyList<string> Taken);
