using System.Globalization;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Azure;

/// <summary>
/// What an AI account's deployments may be, and how much of the quota they take. Quota is per subscription, region, model and
/// deployment type. Source: Azure OpenAI, manage quota; Cognitive Services resource provider, deployments and usages.
/// </summary>
internal sealed class ModelDeployments(CloudState cloud)
{
    private const string Type = "Microsoft.CognitiveServices/accounts/deployments";

    /// <summary>A deployment that the cloud cannot make is refused, with the words that ARM has for it.</summary>
    /// <exception cref="ArmException">The model or the deployment type is not offered, or the quota does not suffice.</exception>
    public void Check(Resource resource, JsonObject body)
    {
        if (!IsDeployment(resource))
        {
            return;
        }

        var (format, name, version) = ModelOf(body);
        var offered = cloud.Options.Offer.ClosedModels.Where(model => model.Format == format && model.Name == name && (version is null || model.Version == version)).ToArray();
        if (offered.Length == 0)
        {
            throw new ArmException(400, "DeploymentModelNotSupported", $"The model 'Format:{format},Name:{name},Version:{version}' of account deployment is not supported.");
        }

        var region = RegionOf(resource);
        var sku = SkuOf(body);
        if (!offered.Any(model => model.Skus.Contains(sku)))
        {
            throw new ArmException(400, "InvalidResourceProperties", $"The specified SKU '{sku}' for model '{name} {version}' is not supported in this region '{region}'.");
        }

        var quota = new ModelQuota(name, sku, region);
        var (used, limit) = (Used(quota, but: resource.Id), cloud.Options.Offer.QuotaOf(quota));
        if (used + CapacityOf(body) > limit)
        {
            throw new ArmException(400, "InsufficientQuota", string.Create(CultureInfo.InvariantCulture, $"This operation require {CapacityOf(body)} new capacity in quota Tokens Per Minute (thousands) - {name} - {sku}, which is bigger than the current available capacity {limit - used}. The current quota usage is {used} and the quota limit is {limit} for quota Tokens Per Minute (thousands) - {name} - {sku}."));
        }
    }

    /// <summary>How much of each quota of a region is used.</summary>
    public ArmAnswer Usages(string region) => new(200, new JsonObject
    {
        ["value"] = new JsonArray([.. Quotas(region).Select(quota => new JsonObject
        {
            ["name"] = new JsonObject
            {
                ["value"] = $"{quota.Format}.{quota.Quota.Sku}.{quota.Quota.Model}",
                ["localizedValue"] = $"Tokens Per Minute (thousands) - {quota.Quota.Model} - {quota.Quota.Sku}",
            },
            ["currentValue"] = Used(quota.Quota, but: null),
            ["limit"] = cloud.Options.Offer.QuotaOf(quota.Quota),
            ["unit"] = "Count",
        })]),
    });

    private IEnumerable<(string Format, ModelQuota Quota)> Quotas(string region) =>
        cloud.Options.Regions.FirstOrDefault(one => one.Equals(region, StringComparison.OrdinalIgnoreCase)) is not { } known ? [] :
        cloud.Options.Offer.ClosedModels.SelectMany(model => model.Skus.Select(sku => (model.Format, new ModelQuota(model.Name, sku, known)))).Distinct();

    private int Used(ModelQuota quota, string? but) => cloud.Resources.Values
        .Where(one => IsDeployment(one) && !one.Id.Equals(but, StringComparison.OrdinalIgnoreCase) && ModelOf(one.Body).Name == quota.Model && SkuOf(one.Body) == quota.Sku && RegionOf(one) == quota.Region)
        .Sum(one => CapacityOf(one.Body));

    // A deployment is where its account is. Regions are written in several ways.
    private string RegionOf(Resource deployment)
    {
        var location = cloud.Resources.TryGetValue(deployment.Id[..deployment.Id.LastIndexOf("/deployments/", StringComparison.OrdinalIgnoreCase)], out var account) ? account.Location : string.Empty;
        return cloud.Options.Regions.FirstOrDefault(region => region.Equals(location, StringComparison.OrdinalIgnoreCase)) ?? location;
    }

    private static bool IsDeployment(Resource resource) => resource.Type.Equals(Type, StringComparison.OrdinalIgnoreCase);

    private static (string Format, string Name, string? Version) ModelOf(JsonObject body)
    {
        var model = body["properties"]?["model"];
        return (model?["format"]?.ToString() ?? string.Empty, model?["name"]?.ToString() ?? string.Empty, model?["version"]?.ToString());
    }

    private static string SkuOf(JsonObject body) => body["sku"]?["name"]?.ToString() ?? string.Empty;

    private static int CapacityOf(JsonObject body) => body["sku"]?["capacity"]?.GetValue<int>() ?? 1;
}
