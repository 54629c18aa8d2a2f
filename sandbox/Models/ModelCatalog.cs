using System.Collections.Concurrent;
using Orchestrator.Sandbox.Azure;

namespace Orchestrator.Sandbox.Models;

/// <summary>The models that exist in a cloud: closed ones by name and version, open ones by the digest of their weights.</summary>
public sealed class ModelCatalog
{
    private readonly ConcurrentDictionary<string, SandboxModel> models = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> upgrades = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<SandboxModel> All => [.. models.Values];

    /// <summary>Adds a model, or replaces the one of the same name and version, or of the same weights.</summary>
    public void Add(SandboxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        models[model.WeightsDigest is { } digest ? Weights(digest) : Closed(model.Name, model.Version!)] = model;
    }

    /// <summary>The closed model that answers where this version is asked for, after all silent upgrades; null when there is none.</summary>
    public SandboxModel? FindClosed(string name, string version)
    {
        var key = Closed(name, version);
        return models.GetValueOrDefault(upgrades.GetValueOrDefault(key, key));
    }

    /// <summary>The open model with those weights; without such, the one of that name, if either is known.</summary>
    public SandboxModel? FindOpen(string? weightsDigest, string servedName) =>
        weightsDigest is not null && models.TryGetValue(Weights(SandboxModel.Bare(weightsDigest)), out var model) ? model
        : models.Values.FirstOrDefault(one => one.WeightsDigest is not null && one.Name.Equals(servedName, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// From now on another version answers wherever this one is asked for, and nothing but the answers tells, as when a provider
    /// upgrades on its own.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such other version.</exception>
    public void UpgradeSilently(string name, string version, string to)
    {
        var key = Closed(name, to);
        upgrades[Closed(name, version)] = models.ContainsKey(key) ? key : throw new ArgumentException($"Expected a version of {name} that is in the catalog, found {to}.", nameof(to));
    }

    /// <summary>Good models for all that a cloud offers.</summary>
    internal static ModelCatalog Of(CloudOffer offer)
    {
        var catalog = new ModelCatalog();
        foreach (var model in offer.ClosedModels)
        {
            catalog.Add(SandboxModel.Closed(model.Name, model.Version));
        }

        return catalog;
    }

    private static string Closed(string name, string version) => $"closed {name} {version}";

    private static string Weights(string digest) => $"weights {digest}";
}
