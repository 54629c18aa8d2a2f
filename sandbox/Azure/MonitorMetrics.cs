using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestrator.Sandbox.Faults;
using Orchestrator.Sandbox.Workloads;

namespace Orchestrator.Sandbox.Azure;

/// <summary>Azure Monitor's metrics of container apps and online endpoints: requests by who has answered and status, once their minute is over.</summary>
internal sealed partial class MonitorMetrics(CloudState cloud)
{
    private const int DefaultTop = 10;

    public const string Type = "Microsoft.Insights/metrics";

    private static readonly Measured OfApps = new("Microsoft.App/containerApps", "Requests", "Total", "revisionName", string.Empty);
    private static readonly Measured OfEndpoints = new(OnlineEndpoints.Type, "RequestsPerMinute", "Average", "deployment", " and modelStatusCode eq '*'");

    public ArmAnswer List(ArmCall call)
    {
        if (call.Method != "GET")
        {
            throw new ArmException(405, "MethodNotAllowed", $"{call.Method} is not allowed on metrics.");
        }

        if (call.Path.Scope is not { } id
            || !cloud.Resources.TryGetValue(id, out var resource)
            || new[] { OfApps, OfEndpoints }.FirstOrDefault(one => one.Type.Equals(resource.Type, StringComparison.OrdinalIgnoreCase)) is not { } measured)
        {
            throw new ArmException(404, "ResourceNotFound", $"The resource '{call.Path.Scope}' has no metrics.");
        }

        var region = resource.Location;
        var fault = cloud.Faults.OfAll(region);
        if (fault == FaultKind.MetricsDown)
        {
            throw new ArmException(503, "ServiceUnavailable", "The service is temporarily unavailable.");
        }

        Check(call, measured);
        var (from, to) = Window(call.Query["timespan"].ToString());
        cloud.Traffic.Advance(region);
        var asked = Named().Matches(call.Query["$filter"].ToString()).Select(match => match.Groups["name"].Value).ToArray();
        var top = int.TryParse(call.Query["top"], CultureInfo.InvariantCulture, out var most) ? most : DefaultTop;
        var series = fault is FaultKind.MetricsEmpty or FaultKind.MetricsNan ? [] : Counters(resource)
            .Where(one => asked.Contains(one.Name) || asked is ["*", ..])
            .SelectMany(one => one.Metrics.Minutes(from, to < cloud.Now ? to : cloud.Now).GroupBy(minute => minute.Status).Select(minutes => Series(measured, one.Name, one.ModelStatus, minutes)));
        return new(200, new JsonObject
        {
            ["cost"] = 0,
            ["timespan"] = call.Query["timespan"].ToString(),
            ["interval"] = "PT1M",
            ["namespace"] = measured.Type,
            ["resourceregion"] = region,
            ["value"] = new JsonArray(new JsonObject
            {
                ["id"] = $"{id}/providers/{Type}/{measured.Name}",
                ["type"] = Type,
                ["name"] = new JsonObject { ["value"] = measured.Name, ["localizedValue"] = measured.Name },
                ["unit"] = "Count",
                ["timeseries"] = new JsonArray([.. series.Take(top)]),
                ["errorCode"] = "Success",
            }),
        });
    }

    private IEnumerable<(string Name, int? ModelStatus, RequestMetrics Metrics)> Counters(Resource resource) => cloud.Apps.Find(resource.Id) is { } app
        ? app.Revisions.Select(revision => (revision.Name, (int?)null, revision.Metrics))
        : cloud.Endpoints.Of(resource);

    private static void Check(ArmCall call, Measured measured)
    {
        if (call.Query["metricnames"] != measured.Name)
        {
            throw new ArmException(400, "BadRequest", $"Failed to find metric configuration for provider: {measured.Type}, metric: {call.Query["metricnames"]}. Valid metrics: {measured.Name}");
        }

        var filter = Filter().Match(call.Query["$filter"].ToString());
        if (call.Query["interval"] != "PT1M"
            || call.Query["aggregation"] != measured.Aggregation
            || !filter.Success
            || filter.Groups["by"].Captures.Any(by => by.Value != measured.Dimension)
            || filter.Groups["rest"].Value != measured.Rest)
        {
            throw new ArmException(400, "BadRequest", $"This sandbox knows the interval PT1M, the aggregation {measured.Aggregation} and the filter ({measured.Dimension} eq 'A' or {measured.Dimension} eq 'B') and statusCode eq '*'{measured.Rest}.");
        }
    }

    private static (DateTimeOffset From, DateTimeOffset To) Window(string timespan) =>
        timespan.Split('/') is [var from, var to]
            && DateTimeOffset.TryParse(from, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var begin)
            && DateTimeOffset.TryParse(to, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end)
            && begin < end
            ? (begin, end)
            : throw new ArmException(400, "BadRequest", $"The timespan '{timespan}' is not of the form start/end.");

    private static JsonObject Series(Measured measured, string name, int? modelStatus, IGrouping<int, (DateTimeOffset Minute, int Status, long Count)> minutes) => new()
    {
        ["metadatavalues"] = new JsonArray([
            Label(measured.Dimension.ToLowerInvariant(), name),
            Label("statuscode", minutes.Key.ToString(CultureInfo.InvariantCulture)),
            .. measured == OfEndpoints ? new[] { Label("modelstatuscode", modelStatus?.ToString(CultureInfo.InvariantCulture) ?? string.Empty) } : [],
        ]),
        ["data"] = new JsonArray([.. minutes.OrderBy(one => one.Minute).Select(one => new JsonObject
        {
            ["timeStamp"] = one.Minute.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            [measured.Aggregation.ToLowerInvariant()] = (double)one.Count,
        })]),
    };

    [GeneratedRegex(@"^\(?(?<by>\w+) eq '[\w*-]+'( or (?<by>\w+) eq '[\w-]+')*\)? and statusCode eq '\*'(?<rest>( and modelStatusCode eq '\*')?)$")]
    private static partial Regex Filter();

    [GeneratedRegex(@"\w+ eq '(?<name>[\w*-]+)'")]
    private static partial Regex Named();

    private static JsonObject Label(string name, string value) => new()
    {
        ["name"] = new JsonObject { ["value"] = name, ["localizedValue"] = name },
        ["value"] = value,
    };

    private sealed record Measured(string Type, string Name, string Aggregation, string Dimension, string Rest);
}
