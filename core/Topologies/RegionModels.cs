using System.Text.Json.Serialization;
using Orchestrator.Core.Configurations;

namespace Orchestrator.Core.Topologies;

/// <summary>What serves models in a region, as far as releases change it.</summary>
/// <param name="Account">The account of its closed models; null when it has none.</param>
/// <param name="Storage">The storage account that its weights are staged into; null when it has no open models.</param>
/// <param name="Open">Its open models.</param>
public sealed record RegionModels(ClosedModelAccount? Account, string? Storage, IReadOnlyList<OpenModelSlot> Open)
{
    /// <summary>The container of the storage account that weights are in, a folder for each digest.</summary>
    public const string WeightsContainer = "weights";

    /// <summary>What serves an open model; null when the region has no such model.</summary>
    public OpenModelSlot? FindOpen(string name) => Open.FirstOrDefault(slot => slot.Name == name);
}

/// <summary>An Azure AI account.</summary>
/// <param name="Name">The account's name, in the region's resource group.</param>
/// <param name="Models">Its models: one entry for each name that requests carry.</param>
public sealed record ClosedModelAccount(string Name, IReadOnlyList<ClosedModelSlot> Models);

/// <summary>What each deployment of a closed model is given.</summary>
/// <param name="Name">The name that requests carry.</param>
/// <param name="Model">The model's name, as releases name it.</param>
/// <param name="Sku">The deployment type, e.g. <c>DataZoneStandard</c>.</param>
/// <param name="Capacity">In quota units; mostly one is 1,000 tokens a minute.</param>
public sealed record ClosedModelSlot(string Name, string Model, string Sku, int Capacity);

/// <summary>What serves an open model.</summary>
/// <param name="Name">The name that requests carry.</param>
/// <param name="Serving">What kind of server it is.</param>
/// <param name="Accelerator">What it computes on.</param>
/// <param name="Endpoint">The cluster's address, for <see cref="ServingKind.External"/>.</param>
/// <param name="Workspace">The machine learning workspace, for <see cref="ServingKind.Azureml"/>.</param>
/// <param name="OnlineEndpoint">The online endpoint's name in it.</param>
public sealed record OpenModelSlot(
    string Name,
    [property: JsonConverter(typeof(WordJsonConverter<ServingKind>))] ServingKind Serving,
    AcceleratorConfiguration Accelerator,
    Uri? Endpoint = null,
    string? Workspace = null,
    string? OnlineEndpoint = null);
