using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Local.Doctor;

/// <summary>What a stack's cloud lists about itself. Each list is fetched once.</summary>
/// <param name="connection">The way to the stack's ARM.</param>
internal sealed class CloudLists(StackConnection connection)
{
    // Source: az functionapp list-flexconsumption-locations, which asks with this version.
    private const string PlansVersion = "2023-01-01";
    private const string ProvidersVersion = "2022-09-01";
    private const string SizesVersion = "2021-07-01";
    private const string ModelsVersion = "2025-06-01";

    private readonly ConcurrentDictionary<string, Task<IReadOnlyList<JsonNode>>> lists = new();

    /// <summary>A resource provider with its <c>resourceTypes</c>; null when the cloud has none of that name.</summary>
    public async Task<JsonNode?> ProviderAsync(string provider, CancellationToken cancellationToken) =>
        await ListAsync($"{provider}?api-version={ProvidersVersion}", cancellationToken) is [var only] ? only : null;

    /// <summary>The regions where function apps can run on a plan of that tier.</summary>
    public async Task<IReadOnlyList<string>> PlanRegionsAsync(string tier, CancellationToken cancellationToken) =>
        [.. (await ListAsync($"Microsoft.Web/geoRegions?api-version={PlansVersion}&sku={Uri.EscapeDataString(tier)}", cancellationToken)).Select(region => Programmatic(region["name"]!.GetValue<string>()))];

    /// <summary>The sizes of virtual machines in a region, each with the reason why this subscription cannot have it there, or null.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> SizesAsync(string region, CancellationToken cancellationToken) =>
        (await ListAsync($"Microsoft.Compute/skus?api-version={SizesVersion}&$filter={Uri.EscapeDataString($"location eq '{region}'")}", cancellationToken))
            .Where(sku => sku["resourceType"]?.GetValue<string>() == "virtualMachines")
            .GroupBy(sku => sku["name"]!.GetValue<string>(), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(size => size.Key, size => Restriction(size.First()), StringComparer.OrdinalIgnoreCase);

    /// <summary>The models that AI accounts in a region can deploy: format, name, version and SKU.</summary>
    public async Task<IReadOnlySet<(string Format, string Name, string Version, string Sku)>> ModelsAsync(string region, CancellationToken cancellationToken) =>
        (await ListAsync($"Microsoft.CognitiveServices/locations/{region}/models?api-version={ModelsVersion}", cancellationToken))
            .Select(item => item["model"]!)
            .SelectMany(model => (model["skus"]?.AsArray() ?? []).Select(sku => (Text(model, "format"), Text(model, "name"), Text(model, "version"), Text(sku!, "name"))))
            .ToHashSet();

    /// <summary>A region's programmatic name, from the one for people: <c>China North 3</c> is <c>chinanorth3</c>.</summary>
    public static string Programmatic(string region) => region.Replace(" ", string.Empty, StringComparison.Ordinal).ToLowerInvariant();

    private Task<IReadOnlyList<JsonNode>> ListAsync(string list, CancellationToken cancellationToken) => lists.GetOrAdd(list, _ => FetchAsync(list, cancellationToken));

    private async Task<IReadOnlyList<JsonNode>> FetchAsync(string list, CancellationToken cancellationToken)
    {
        var items = new List<JsonNode>();
        var next = new Uri(connection.Stack.Cloud.ArmEndpoint, $"/subscriptions/{connection.Stack.SubscriptionId}/providers/{list}");
        while (await GetAsync(next, list, cancellationToken) is { } page)
        {
            items.AddRange(page["value"] is JsonArray many ? many.OfType<JsonNode>() : [page]);
            if (page["nextLink"]?.GetValue<string>() is not { Length: > 0 } link)
            {
                break;
            }

            next = new(link);
        }

        return items;
    }

    private Task<JsonNode?> GetAsync(Uri address, string list, CancellationToken cancellationToken) =>
        ArmErrors.TranslateAsync<JsonNode?>(connection.Stack.Name.Value, $"reading {list.Split('?')[0]}", async () =>
        {
            using var message = connection.Pipeline.CreateMessage();
            message.Request.Method = RequestMethod.Get;
            message.Request.Uri.Reset(address);
            message.Request.Headers.Add("Accept", "application/json");
            await connection.Pipeline.SendAsync(message, cancellationToken);
            return message.Response.Status == (int)HttpStatusCode.NotFound ? null
                : message.Response.IsError ? throw new RequestFailedException(message.Response)
                : JsonNode.Parse(message.Response.Content.ToString());
        });

    private static string? Restriction(JsonNode sku) =>
        sku["restrictions"]?.AsArray().FirstOrDefault(restriction => restriction?["type"]?.GetValue<string>() == "Location")?["reasonCode"]?.GetValue<string>();

    private static string Text(JsonNode node, string name) => node[name]?.GetValue<string>() ?? string.Empty;
}
