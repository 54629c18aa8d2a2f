using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Orchestrator.Sandbox.Azure;

/// <summary>What a cloud says of itself: its providers with their types, versions and regions, and the lists of sizes, plans and models.</summary>
internal sealed partial class CloudCatalog(SandboxCloudOptions options)
{
    /// <summary>The answer to a list of the catalog's, or null where <paramref name="call"/> asks for something else.</summary>
    public ArmAnswer? Answer(ArmCall call) => call.Path switch
    {
        { Group: not null } or { Namespace: null } => null,
        { Types.Count: 0 } => new(200, Provider(call.Path.Namespace)),
        { Type: "Microsoft.Compute/skus" } => List(Sizes(call)),
        { Type: "Microsoft.Web/geoRegions" } => List(options.Offer.Plans.Contains(call.Query["sku"].ToString()) ? options.Regions.Select(Named) : []),
        { Type: "Microsoft.CognitiveServices/locations/models", Names: [var region] } => List(options.Regions.Contains(region) ? Models() : []),
        _ => null,
    };

    private static ArmAnswer List(IEnumerable<JsonObject> items) => new(200, new JsonObject { ["value"] = new JsonArray([.. items]) });

    private JsonObject Provider(string provider) => ResourceTypes.ByProvider.FirstOrDefault(group => group.Key.Equals(provider, StringComparison.OrdinalIgnoreCase)) is { } known
        ? new()
        {
            ["id"] = $"/subscriptions/{options.SubscriptionId}/providers/{known.Key}",
            ["namespace"] = known.Key,
            ["registrationState"] = "Registered",
            ["resourceTypes"] = new JsonArray([.. known.Select(type => new JsonObject
            {
                ["resourceType"] = type.Key[(known.Key.Length + 1)..],
                ["locations"] = new JsonArray([.. Locations(type.Key).Select(location => (JsonNode)location)]),
                ["apiVersions"] = new JsonArray([.. type.Value.Select(version => (JsonNode)version)]),
            })]),
        }
        : throw new ArmException(404, "InvalidResourceNamespace", $"The resource namespace '{provider}' is invalid.");

    private IEnumerable<string> Locations(string type) => ResourceTypes.IsGlobal(type) ? ["global"] : options.Regions.Select(DisplayName);

    private IEnumerable<JsonObject> Sizes(ArmCall call)
    {
        var filter = Location().Match(call.Query["$filter"].ToString());
        var regions = filter.Success ? options.Regions.Where(region => region.Equals(filter.Groups["region"].Value, StringComparison.OrdinalIgnoreCase)) : options.Regions;
        return regions.SelectMany(region => options.Offer.VmSizes.Select(size => new JsonObject
        {
            ["resourceType"] = "virtualMachines",
            ["name"] = size,
            ["locations"] = new JsonArray(region),
            ["restrictions"] = options.Offer.RestrictedVmSizes.Contains(size) ? new JsonArray(new JsonObject { ["type"] = "Location", ["values"] = new JsonArray(region), ["reasonCode"] = "NotAvailableForSubscription" }) : [],
        }));
    }

    private IEnumerable<JsonObject> Models() => options.Offer.ClosedModels.Select(model => new JsonObject
    {
        ["kind"] = "AIServices",
        ["model"] = new JsonObject
        {
            ["format"] = model.Format,
            ["name"] = model.Name,
            ["version"] = model.Version,
            ["lifecycleStatus"] = "GenerallyAvailable",
            ["skus"] = new JsonArray([.. model.Skus.Select(sku => new JsonObject { ["name"] = sku })]),
        },
    });

    private static JsonObject Named(string region) => new() { ["name"] = DisplayName(region) };

    /// <summary>A region's name for people, which lists have: "China North 3", where requests have chinanorth3.</summary>
    public static string DisplayName(string region) => Words().Replace(region, word => $" {(word.Value == "us" ? "US" : char.ToUpperInvariant(word.Value[0]) + word.Value[1..])}").TrimStart();

    [GeneratedRegex("central|china|east|europe|north|south|us|west|[0-9]+")]
    private static partial Regex Words();

    [GeneratedRegex(@"location eq '(?<region>\w+)'", RegexOptions.IgnoreCase)]
    private static partial Regex Location();
}
