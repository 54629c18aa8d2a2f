using System.Text.Json.Nodes;
using Orchestrator.Core.Configurations;

namespace Orchestrator.Local.Doctor;

/// <summary>Compares what a stack needs with what its cloud lists: types, API versions, regions, plans, models and machines.</summary>
/// <param name="stack">The stack.</param>
/// <param name="needs">The resources that its program asks for.</param>
/// <param name="lists">The cloud's lists.</param>
internal sealed class CloudCheck(StackConfiguration stack, IReadOnlyList<ResourceNeed> needs, CloudLists lists)
{
    /// <summary>Every kind of thing that was compared, with what the cloud lacks of it.</summary>
    public async Task<IReadOnlyList<CloudAnswer>> RunAsync(CancellationToken cancellationToken) =>
    [
        await AskAsync("resource types", needs.Select(need => need.Type).Distinct(), type => MissingTypeAsync(type, cancellationToken)),
        await AskAsync("API versions", needs.Select(need => (need.Type, need.ApiVersion)).Distinct(), need => MissingVersionAsync(need.Type, need.ApiVersion, cancellationToken)),
        await AskAsync("regions of types", needs.Where(need => need.Region is not null).Select(need => (need.Type, Region: need.Region!)).Distinct(), need => MissingRegionAsync(need.Type, need.Region, cancellationToken)),
        await AskAsync("plans", needs.Where(need => need.Plan is not null).Select(need => (Plan: need.Plan!, Region: need.Region!)).Distinct(), need => MissingPlanAsync(need.Plan, need.Region, cancellationToken)),
        await AskAsync(
            "closed models",
            stack.Regions.SelectMany(place => place.Region.ClosedModels.Select(model => (Region: place.Region.Name.Value, Model: model))).DistinctBy(need => (need.Region, need.Model.Format, need.Model.Name, need.Model.Version, need.Model.Sku)),
            need => MissingModelAsync(need.Region, need.Model, cancellationToken)),
        await AskAsync(
            "machines",
            stack.Regions.SelectMany(place => place.Region.OpenModels.Where(model => model is { Serving: ServingKind.Azureml, Cluster: null }).Select(model => (Region: place.Region.Name.Value, Model: model))).DistinctBy(need => (need.Region, need.Model.Accelerator.VmSize)),
            need => MissingSizeAsync(need.Region, need.Model, cancellationToken)),
    ];

    private static async Task<CloudAnswer> AskAsync<T>(string what, IEnumerable<T> all, Func<T, Task<string?>> missing)
    {
        var asked = all.ToArray();
        var lacking = new List<string>();
        foreach (var one in asked)
        {
            if (await missing(one) is { } problem)
            {
                lacking.Add(problem);
            }
        }

        return new(what, asked.Length, lacking);
    }

    private async Task<string?> MissingTypeAsync(string type, CancellationToken cancellationToken)
    {
        var provider = type[..type.IndexOf('/', StringComparison.Ordinal)];
        var known = await lists.ProviderAsync(provider, cancellationToken);
        return known is null ? $"expected the provider {provider}, found none of that name"
            : known["registrationState"]?.GetValue<string>() is { } state && state != "Registered" ? $"expected the provider {provider} to be registered, found {state}: az provider register --namespace {provider}"
            : Entry(known, type) is null ? $"expected {type}, found only {string.Join(", ", Names(known))}"
            : null;
    }

    private async Task<string?> MissingVersionAsync(string type, string version, CancellationToken cancellationToken)
    {
        var versions = Texts(await EntryAsync(type, cancellationToken), "apiVersions");
        return versions is null || versions.Contains(version, StringComparer.OrdinalIgnoreCase) ? null : $"expected {type} with API version {version}, found {string.Join(", ", versions)}";
    }

    private async Task<string?> MissingRegionAsync(string type, string region, CancellationToken cancellationToken)
    {
        var locations = Texts(await EntryAsync(type, cancellationToken), "locations");

        // What is in no region of its own lists none.
        return locations is null or [] || locations.Select(CloudLists.Programmatic).Contains(region) ? null : $"expected {type} in {region}, found it in {string.Join(", ", locations)}";
    }

    private async Task<string?> MissingPlanAsync(string plan, string region, CancellationToken cancellationToken)
    {
        var regions = await lists.PlanRegionsAsync(plan, cancellationToken);
        return regions.Contains(region) ? null : $"$.orchestrator.region: expected {plan} in {region}, found it in {(regions.Count == 0 ? "no region" : string.Join(", ", regions))}";
    }

    private async Task<string?> MissingModelAsync(string region, ClosedModelConfiguration model, CancellationToken cancellationToken)
    {
        var models = await lists.ModelsAsync(region, cancellationToken);
        if (models.Contains((model.Format, model.Name, model.Version!, model.Sku)))
        {
            return null;
        }

        var near = models.Where(one => one.Format == model.Format && one.Name == model.Name).Select(one => $"{one.Version} as {one.Sku}").Order(StringComparer.Ordinal).ToArray();
        return $"{model.Path}: expected {model.Format} {model.Name} {model.Version} as {model.Sku} in {region}, found {(near.Length == 0 ? "no such model there" : string.Join(", ", near))}";
    }

    private async Task<string?> MissingSizeAsync(string region, OpenModelConfiguration model, CancellationToken cancellationToken)
    {
        var size = model.Accelerator.VmSize!;
        var sizes = await lists.SizesAsync(region, cancellationToken);
        return !sizes.TryGetValue(size, out var restriction) ? $"{model.Path}.accelerator.vmSize: expected {size} in {region}, found no such size there"
            : restriction is not null ? $"{model.Path}.accelerator.vmSize: expected {size} in {region}, found it closed to this subscription: {restriction}"
            : null;
    }

    private async Task<JsonNode?> EntryAsync(string type, CancellationToken cancellationToken) =>
        await lists.ProviderAsync(type[..type.IndexOf('/', StringComparison.Ordinal)], cancellationToken) is { } provider ? Entry(provider, type) : null;

    // Providers do not list all of their child types; one that is left out comes with its parent.
    private static JsonNode? Entry(JsonNode provider, string type)
    {
        for (var name = type[(type.IndexOf('/', StringComparison.Ordinal) + 1)..]; name.Length > 0; name = name[..Math.Max(0, name.LastIndexOf('/'))])
        {
            if (provider["resourceTypes"]?.AsArray().FirstOrDefault(one => name.Equals(one?["resourceType"]?.GetValue<string>(), StringComparison.OrdinalIgnoreCase)) is { } entry)
            {
                return entry;
            }
        }

        return null;
    }

    private static IEnumerable<string?> Names(JsonNode provider) => (provider["resourceTypes"]?.AsArray() ?? []).Select(type => type?["resourceType"]?.GetValue<string>());

    private static string[]? Texts(JsonNode? entry, string list) => entry?[list]?.AsArray().Select(item => item!.GetValue<string>()).ToArray();
}

/// <summary>How a cloud answered about one kind of thing.</summary>
/// <param name="What">The kind.</param>
/// <param name="Asked">How many were asked about.</param>
/// <param name="Lacking">What it lacks: what was expected and what was found.</param>
internal sealed record CloudAnswer(string What, int Asked, IReadOnlyList<string> Lacking);
