namespace Orchestrator.Sandbox.Azure;

/// <summary>What a simulated cloud offers in all of its regions, beside the resource types.</summary>
/// <param name="ClosedModels">The models that AI accounts can deploy.</param>
/// <param name="VmSizes">The sizes of virtual machines.</param>
/// <param name="Plans">The SKUs of plans that function apps can run on, as <c>Microsoft.Web/geoRegions</c> names them.</param>
public sealed record CloudOffer(IReadOnlyList<OfferedModel> ClosedModels, IReadOnlyList<string> VmSizes, IReadOnlyList<string> Plans)
{
    /// <summary>Those of the sizes that this subscription cannot have.</summary>
    public IReadOnlyList<string> RestrictedVmSizes { get; init; } = [];

    /// <summary>What a subscription may have of a model in a region, in units of capacity, where that is not <see cref="UsualQuota"/>.</summary>
    public IReadOnlyDictionary<ModelQuota, int> Quotas { get; init; } = new Dictionary<ModelQuota, int>();

    /// <summary>What a subscription may have of a model in a region otherwise.</summary>
    public int UsualQuota { get; init; } = 1_000;

    /// <summary>What a subscription may have of that, in units of capacity.</summary>
    public int QuotaOf(ModelQuota quota) => Quotas.GetValueOrDefault(quota, UsualQuota);

    /// <summary>Much of what Azure public has.</summary>
    public static CloudOffer AzurePublic { get; } = new(
        [
            new("OpenAI", "gpt-5", "2026-08-07", ["GlobalStandard", "DataZoneStandard", "ProvisionedManaged"]),
            new("OpenAI", "gpt-5", "2026-10-01", ["GlobalStandard", "DataZoneStandard", "ProvisionedManaged"]),
            new("OpenAI", "gpt-5-mini", "2026-08-07", ["GlobalStandard", "DataZoneStandard"]),
        ],
        ["Standard_D4s_v5", "Standard_NC4as_T4_v3", "Standard_NC24ads_A100_v4", "Standard_ND96isr_H100_v5"],
        ["FlexConsumption", "ElasticPremium"]);

    /// <summary>What Azure China may be counted on to have: no closed models, no large accelerators.</summary>
    public static CloudOffer AzureChina { get; } = new([], ["Standard_D4s_v5", "Standard_NC4as_T4_v3"], ["ElasticPremium"]);
}

/// <summary>A model that AI accounts can deploy.</summary>
/// <param name="Format">The provider's format.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Skus">The deployment types.</param>
public sealed record OfferedModel(string Format, string Name, string Version, IReadOnlyList<string> Skus);

/// <summary>What a quota is for.</summary>
/// <param name="Model">The model's name; its versions share the quota.</param>
/// <param name="Sku">The deployment type.</param>
/// <param name="Region">The region.</param>
public sealed record ModelQuota(string Model, string Sku, string Region);
