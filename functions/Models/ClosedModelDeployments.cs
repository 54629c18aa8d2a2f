using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Models;

/// <summary>
/// Closed models as deployments of the region's Azure AI account. A changed model is a further deployment under a name of its own;
/// the provider never upgrades it by itself.
/// </summary>
/// <param name="resources">The resources.</param>
/// <param name="probe">Who asks the model.</param>
public sealed class ClosedModelDeployments(ModelResources resources, ModelProbe probe) : IModelServing
{
    /// <inheritdoc />
    public ModelKind Kind => ModelKind.Closed;

    /// <inheritdoc />
    public async Task<ModelReadiness> BringAsync(ModelOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        var target = order.Region.Target;
        var slot = target.Region.Models!.Account!.Models.First(one => one.Name == order.Change.Name);
        var wanted = order.Region.Candidate.Pins!.Closed.First(model => model.Name == slot.Model);
        var path = PathOf(target, order.Change.Server);
        if (await resources.ReadAsync(target, path, ApiVersions.CognitiveServices, cancellationToken) is { } there)
        {
            return await LookAsync(order, slot, wanted, there, cancellationToken);
        }

        if (await NoCapacityAsync(target, slot, wanted, cancellationToken) is { } none)
        {
            return ModelReadiness.Hindered(none);
        }

        var body = DeploymentTemplate.Of(slot, wanted);
        Makers.Mark(body, order, await resources.ReadAsync(target, AccountOf(target), ApiVersions.CognitiveServices, cancellationToken));
        await resources.PutAsync(target, path, ApiVersions.CognitiveServices, body, cancellationToken);
        return ModelReadiness.Progressing($"deployment {order.Change.Server} is asked for");
    }

    /// <inheritdoc />
    public async Task RemoveAsync(RegionTarget target, ModelEntry retired, ModelEntry serving, bool isReplaced, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(retired);
        var path = PathOf(target, retired.Asked);
        if (await resources.ReadAsync(target, path, ApiVersions.CognitiveServices, cancellationToken) is { } there
            && IsOf(target, retired, there["properties"]?["model"])
            && Makers.MayRemove(there, isReplaced))
        {
            await resources.RemoveAsync(target, path, ApiVersions.CognitiveServices, cancellationToken);
        }
    }

    /// <inheritdoc />
    public async Task SweepAsync(RegionTarget target, IReadOnlyList<ModelEntry> serving, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(serving);
        if (target.Region.Models?.Account is null)
        {
            return;
        }

        var left = new Leftovers();
        var all = await resources.ReadAsync(target, $"{AccountOf(target)}/deployments", ApiVersions.CognitiveServices, cancellationToken);
        foreach (var name in (all?["value"] as JsonArray ?? []).OfType<JsonObject>().Where(Makers.IsOurs).Select(one => one["name"].Text()).OfType<string>())
        {
            if (!serving.Any(entry => entry.Asked.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                await left.TryAsync(() => resources.RemoveAsync(target, PathOf(target, name), ApiVersions.CognitiveServices, cancellationToken));
            }
        }

        left.Tell();
    }

    // Where another model has taken the name, what is there is somebody else's.
    private static bool IsOf(RegionTarget target, ModelEntry retired, JsonNode? model) =>
        retired.Identity is not { } version
        || ((model?["version"]).Text() == version && target.Region.Models!.Account!.Models.Any(slot => slot.Name == retired.Name && slot.Model == (model?["name"]).Text()));

    private async Task<ModelReadiness> LookAsync(ModelOrder order, ClosedModelSlot slot, ClosedModel wanted, JsonObject there, CancellationToken cancellationToken)
    {
        var server = order.Change.Server;
        var model = there["properties"]?["model"];
        if ((model?["name"]).Text() != wanted.Name || (model?["version"]).Text() != wanted.Version)
        {
            return ModelReadiness.Failed($"expected deployment {server} to be {wanted.Name} {wanted.Version}, found {(model?["name"]).Text()} {(model?["version"]).Text()}: another one has taken the name");
        }

        if (Makers.Refuse($"deployment {server}", there, order.IsReturn()) is { } why)
        {
            return ModelReadiness.Hindered(why);
        }

        if ((there["properties"]?["versionUpgradeOption"]).Text() is var upgrades && upgrades != "NoAutoUpgrade")
        {
            return ModelReadiness.Hindered($"expected deployment {server} to be one that its provider never upgrades (NoAutoUpgrade), found {upgrades ?? "none"}: remove it, or pin it");
        }

        switch ((there["properties"]?["provisioningState"]).Text())
        {
            case "Succeeded":
                break;
            case ("Failed" or "Canceled" or "Disabled") and var end:
                return ModelReadiness.Hindered($"deployment {server} is {end}");
            case var state:
                return ModelReadiness.Progressing($"deployment {server} is {state}");
        }

        if (!DeploymentTemplate.HasCapacity(there, slot))
        {
            return await EnlargeAsync(order, slot, there, cancellationToken);
        }

        var answer = await probe.AskAsync(order.Region.Target, Kind, order.Entry(), cancellationToken);
        return FirstAnswer.Judge(Kind, server, $"{wanted.Name}-{wanted.Version}", answer);
    }

    // What we have made before may have been asked for with less; what the infra program makes is as its configuration says. What has
    // no tag gets none here: that would say that it may be removed.
    private async Task<ModelReadiness> EnlargeAsync(ModelOrder order, ClosedModelSlot slot, JsonObject there, CancellationToken cancellationToken)
    {
        var told = string.Create(CultureInfo.InvariantCulture, $"{slot.Capacity} units of {slot.Sku}");
        if (Makers.IsOfInfraProgram(there))
        {
            return ModelReadiness.Hindered(string.Create(CultureInfo.InvariantCulture, $"expected deployment {order.Change.Server} to have {told}, as configured; found {DeploymentTemplate.Capacity(there)} of {DeploymentTemplate.SkuOf(there) ?? "none"}: bring it to them with pulumi up"));
        }

        var body = DeploymentTemplate.Enlarged(there, slot);
        if (Makers.IsOurs(there))
        {
            Makers.Mark(body, order, there);
        }

        await resources.PutAsync(order.Region.Target, PathOf(order.Region.Target, order.Change.Server), ApiVersions.CognitiveServices, body, cancellationToken);
        return ModelReadiness.Progressing($"deployment {order.Change.Server} is asked to have {told}");
    }

    // Source: Azure OpenAI, quota: the usages of a location by FORMAT.SKU.MODEL, in the units of a deployment's capacity.
    private async Task<string?> NoCapacityAsync(RegionTarget target, ClosedModelSlot slot, ClosedModel wanted, CancellationToken cancellationToken)
    {
        var usages = await resources.ReadProviderAsync(target, $"Microsoft.CognitiveServices/locations/{target.Region.Name}/usages", ApiVersions.CognitiveServices, cancellationToken);
        var name = $"{wanted.Format}.{slot.Sku}.{wanted.Name}";
        var usage = (usages?["value"] as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(one => name.Equals((one["name"]?["value"]).Text(), StringComparison.OrdinalIgnoreCase));
        if (usage is null)
        {
            return null;
        }

        var left = Number(usage["limit"]) - Number(usage["currentValue"]);
        return left >= slot.Capacity
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"expected {slot.Capacity} units of {name} to be free in {target.Region.Name}, so that the new deployment can stand beside the old one; found {Math.Max(0, left)} of {Number(usage["limit"])}: raise the quota or lower the capacity");
    }

    /// <summary>A deployment of the region's account, below the region's resource group.</summary>
    internal static string PathOf(RegionTarget target, string deployment) => $"{AccountOf(target)}/deployments/{deployment}";

    private static string AccountOf(RegionTarget target) => $"Microsoft.CognitiveServices/accounts/{target.Region.Models!.Account!.Name}";

    private static double Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<double>(out var number) ? number : 0;
}
