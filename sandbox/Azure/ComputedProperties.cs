using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Azure;

/// <summary>What Azure adds to resources by itself: ids of identities, addresses, keys. Made from the resource's id, so the same at every start.</summary>
internal static class ComputedProperties
{
    public static JsonObject Add(Resource resource, JsonObject properties, CloudState cloud)
    {
        var (name, id) = (resource.Name, resource.Id);
        switch (resource.Type.ToUpperInvariant())
        {
            case "MICROSOFT.MANAGEDIDENTITY/USERASSIGNEDIDENTITIES":
                properties["clientId"] = GuidOf($"{id} client");
                properties["principalId"] = GuidOf($"{id} principal");
                properties["tenantId"] = cloud.Options.TenantId.ToString();
                break;
            case "MICROSOFT.STORAGE/STORAGEACCOUNTS":
                properties["primaryEndpoints"] = new JsonObject
                {
                    ["blob"] = Address(name, "blob", cloud),
                    ["queue"] = Address(name, "queue", cloud),
                    ["table"] = Address(name, "table", cloud),
                };
                break;
            case "MICROSOFT.KEYVAULT/VAULTS":
                properties["vaultUri"] = Address(name, "vault", cloud);
                break;
            case "MICROSOFT.KEYVAULT/VAULTS/SECRETS":
                properties.Remove("value");
                properties["secretUri"] = $"{Address(id.Split('/')[^3], "vault", cloud)}secrets/{name}";
                break;
            case "MICROSOFT.COGNITIVESERVICES/ACCOUNTS":
                properties["endpoint"] = Address(name, "cognitiveservices", cloud);
                break;
            case "MICROSOFT.COGNITIVESERVICES/ACCOUNTS/DEPLOYMENTS":
                properties["rateLimits"] = RateLimits(resource.Body["sku"]?["capacity"]?.GetValue<int>() ?? 1);
                break;
            case "MICROSOFT.MACHINELEARNINGSERVICES/WORKSPACES/ONLINEENDPOINTS":
                properties["scoringUri"] = $"{Address(name, "inference", cloud)}score";
                break;
            case "MICROSOFT.OPERATIONALINSIGHTS/WORKSPACES":
                properties["customerId"] = GuidOf($"{id} customer");
                break;
            case "MICROSOFT.INSIGHTS/COMPONENTS":
                properties["ConnectionString"] = $"InstrumentationKey={GuidOf(id)};IngestionEndpoint={Address(name, "telemetry", cloud)}";
                break;
            case "MICROSOFT.WEB/SITES":
                properties["defaultHostName"] = new Uri(Address(name, "functions", cloud)).Authority;
                break;
        }

        return properties;
    }

    // One unit is six requests and a thousand tokens a minute.
    private static JsonArray RateLimits(int capacity) => new(
        new JsonObject { ["key"] = "request", ["renewalPeriod"] = 60, ["count"] = capacity * 6 },
        new JsonObject { ["key"] = "token", ["renewalPeriod"] = 60, ["count"] = capacity * 1_000 });

    private static string Address(string name, string service, CloudState cloud) => $"https://{name}.{service}.{cloud.Options.Name}.localhost:{cloud.Port}/";

    private static string GuidOf(string text) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToUpperInvariant()))[..16]).ToString();
}
