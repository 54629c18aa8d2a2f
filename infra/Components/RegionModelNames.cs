using Orchestrator.Core.Configurations;
using Orchestrator.Core.Names;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Infra.Components;

/// <summary>The names of what serves models in a region, and what the orchestrator is told of them.</summary>
internal static class RegionModelNames
{
    public const string Weights = "weights";

    public static string Account(ResourceNames names, string[] parts) => names.Host("ai", parts);

    public static string Workspace(ResourceNames names, string[] parts) => names.Unique("mlw", parts);

    public static string OnlineEndpoint(ResourceNames names, string[] parts, string model) => names.Unique("me", [.. parts, model]);

    /// <summary>What serves the region's models; null where it has none.</summary>
    public static RegionModels? Of(StackContext context, EnvironmentName environment, RegionConfiguration region)
    {
        string[] parts = [environment.Value, region.Name.Value];
        return region.ClosedModels.Count + region.OpenModels.Count == 0
            ? null
            : new(
                region.ClosedModels.Count == 0 ? null : new(
                    Account(context.Names, parts),
                    [.. region.ClosedModels.Select(model => new ClosedModelSlot(model.Deployment, model.Name, model.Sku, model.Capacity))]),
                region.OpenModels.Count == 0 ? null : DataStore.Name(context.Names, parts, Weights),
                [.. region.OpenModels.Select(model => model.Serving == ServingKind.External
                    ? new OpenModelSlot(model.Name, model.Serving, model.Accelerator, Endpoint: model.Endpoint)
                    : new(model.Name, model.Serving, model.Accelerator, Workspace: Workspace(context.Names, parts), OnlineEndpoint: OnlineEndpoint(context.Names, parts, model.Name)))]);
    }
}
