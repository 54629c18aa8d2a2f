using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestrator.Sandbox.Faults;

namespace Orchestrator.Sandbox.Azure;

/// <summary>Azure Monitor's metrics of container apps: requests by revision and status, once their minute is over.</summary>
internal sealed partial class MonitorMetrics(CloudState cloud)
{
    private const int DefaultTop = 10;

    public const string Type = "Microsoft.Insights/metrics";

    public ArmAnswer List(ArmCall call)
    {
        if (call.Method != "GET")
        {
            throw new ArmException(405, "MethodNotAllowed", $"{call.Method} is not allowed on metrics.");
        }

        if (call.Path.Scope is not { } id || cloud.Apps.Find(id) is not { } app)
        {
            throw new ArmException(404, "ResourceNotFound", $"The resource '{call.Path.Scope}' has no metrics.");
        }

        var region = cloud.Resources[id].Location;
        var fault = cloud.Faults.OfAll(region);
        if (fault == FaultKind.MetricsDown)
        {
            throw new ArmException(503, "ServiceUnavailable", "The service is temporarily unavailable.");
        }

        Check(call);
        var (from, to) = Window(call.Query["timespan"].ToString());
        cloud.Traffic.Advance(app, region);
        var revisions = Revision().Matches(call.Query["$filter"].ToString()).Select(match => match.Groups["name"].Value).ToArray();
        var top = int.TryParse(call.Query["top"], CultureInfo.InvariantCulture, out var asked) ? asked : DefaultTop;
        var series = fault is FaultKind.MetricsEmpty or FaultKind.MetricsNan ? [] : app.Revisions.Where(revision => revisions.Contains(revision.Name))
            .SelectMany(revision => revision.Metrics.Minutes(from, to < cloud.Now ? to : cloud.Now).GroupBy(one => one.Status).Select(one => Series(revision.Name, one)));
        return new(200, new JsonObject
        {
            ["cost"] = 0,
            ["timespan"] = call.Query["timespan"].ToString(),
            ["interval"] = "PT1M",
            ["namespace"] = "Microsoft.App/containerApps",
            ["resourceregion"] = region,
            ["value"] = new JsonArray(new JsonObject
            {
                ["id"] = $"{id}/providers/{Type}/Requests",
                ["type"] = Type,
                ["name"] = new JsonObject { ["value"] = "Requests", ["localizedValue"] = "Requests" },
                ["unit"] = "Count",
                ["timeseries"] = new JsonArray([.. series.Take(top)]),
                ["errorCode"] = "Success",
            }),
        });
    }

    private static void Check(ArmCall call)
    {
        if (call.Query["metricnames"] != "Requests")
        {
            throw new ArmException(400, "BadRequest", $"Failed to find metric configuration for provider: Microsoft.App, metric: {call.Query["metricnames"]}. Valid metrics: Requests");
        }

        if (call.Query["interval"] != "PT1M" || call.Query["aggregation"] != "Total" || !Filter().IsMatch(call.Query["$filter"].ToString()))
        {
            throw new ArmException(400, "BadRequest", "This sandbox knows the interval PT1M, the aggregation Total and the filter (revisionName eq 'A' or revisionName eq 'B') and statusCode eq '*'.");
        }
    }

    private static (DateTimeOffset From, DateTimeOffset To) Window(string timespan) =>
        timespan.Split('/') is [var from, var to]
            && DateTimeOffset.TryParse(from, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var begin)
            && DateTimeOffset.TryParse(to, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end)
            && begin < end
            ? (begin, end)
            : throw new ArmException(400, "BadRequest", $"The timespan '{timespan}' is not of the form start/end.");

    private static JsonObject Series(string revision, IGrouping<int, (DateTimeOffset Minute, int Status, long Count)> minutes) => new()
    {
        ["metadatavalues"] = new JsonArray(Label("revisionname", revision), Label("statuscode", minutes.Key.ToString(CultureInfo.InvariantCulture))),
        ["data"] = new JsonArray([.. minutes.OrderBy(one => one.Minute).Select(one => new JsonObject
        {
            ["timeStamp"] = one.Minute.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["total"] = (double)one.Count,
        })]),
    };

    [GeneratedRegex(@"^\(revisionName eq '[\w-]+'( or revisionName eq '[\w-]+')*\) and statusCode eq '\*'$")]
    private static partial Regex Filter();

    [GeneratedRegex(@"revisionName eq '(?<name>[\w-]+)'")]
    private static partial Regex Revision();

    private static JsonObject Label(string name, string value) => new()
    {
        ["name"] = new JsonObject { ["value"] = name, ["localizedValue"] = name },
        ["value"] = value,
    };
}
