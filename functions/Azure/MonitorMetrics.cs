using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Core;

namespace Orchestrator.Functions.Azure;

/// <summary>Azure Monitor's metrics of container apps, through the ARM of the stack's own cloud. Source: learn.microsoft.com, "Metrics - List".</summary>
/// <param name="stacks">The way to each stack's ARM.</param>
public sealed class MonitorMetrics(StackConnections stacks)
{
    // By default only ten series are listed, and the rest is left out without a word.
    private const string MostSeries = "1000";

    /// <summary>How many requests some revisions of the region's app have had in the whole minutes of a window, by status.</summary>
    /// <exception cref="StackUnavailableException">ARM could not be asked, or not now.</exception>
    /// <exception cref="StackRefusedException">ARM refuses to say.</exception>
    public Task<IReadOnlyList<RequestCount>> RequestsAsync(RegionTarget target, IReadOnlyList<string> revisions, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        to - from < TimeSpan.FromMinutes(1)
            ? Task.FromResult<IReadOnlyList<RequestCount>>([])
            : ArmErrors.TranslateAsync(target.ToString(), "reading metrics", async () =>
            {
                var connection = stacks.Of(target.Stack);
                using var message = connection.Ask(
                    connection.OncePipeline,
                    RequestMethod.Get,
                    $"{connection.AppId(target.Region)}/providers/Microsoft.Insights/metrics?{Query(revisions, from, to)}");
                try
                {
                    await connection.OncePipeline.SendAsync(message, cancellationToken);
                }
                catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
                {
                    throw new StackUnavailableException($"{target}: reading metrics: no answer from ARM in time", late);
                }

                return message.Response.IsError ? throw new RequestFailedException(message.Response) : Read(target, message.Response.Content);
            });

    private static string Query(IReadOnlyList<string> revisions, DateTimeOffset from, DateTimeOffset to) => string.Join('&', new Dictionary<string, string>
    {
        ["api-version"] = ApiVersions.Metrics,
        ["metricnames"] = "Requests",
        ["aggregation"] = "Total",
        ["interval"] = "PT1M",
        ["timespan"] = $"{Time(from)}/{Time(to)}",
        ["top"] = MostSeries,
        ["$filter"] = $"({string.Join(" or ", revisions.Select(revision => $"revisionName eq '{revision}'"))}) and statusCode eq '*'",
    }.Select(parameter => $"{parameter.Key}={Uri.EscapeDataString(parameter.Value)}"));

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static IReadOnlyList<RequestCount> Read(RegionTarget target, BinaryData content)
    {
        try
        {
            var answer = JsonNode.Parse(content);
            return Objects(answer, "value").FirstOrDefault(metric => metric["errorCode"] is { } code && Text(code) != "Success") is { } failed
                ? throw new StackUnavailableException($"{target}: reading metrics: Azure Monitor says {Text(failed["errorCode"])}")
                : Read(answer);
        }
        catch (JsonException)
        {
            throw new StackUnavailableException($"{target}: reading metrics: expected JSON, found something else");
        }
    }

    // Minutes without requests have no value at all.
    private static IReadOnlyList<RequestCount> Read(JsonNode? answer) =>
    [
        .. from metric in Objects(answer, "value")
           from series in Objects(metric, "timeseries")
           let labels = Objects(series, "metadatavalues").ToDictionary(label => Text(label["name"]?["value"]), label => Text(label["value"]), StringComparer.OrdinalIgnoreCase)
           let requests = Objects(series, "data").Sum(minute => Count(minute["total"]))
           where labels.ContainsKey("revisionName") && int.TryParse(labels.GetValueOrDefault("statusCode"), out _)
           select new RequestCount(labels["revisionName"], int.Parse(labels["statusCode"], CultureInfo.InvariantCulture), requests),
    ];

    private static IEnumerable<JsonObject> Objects(JsonNode? node, string name) => ((node as JsonObject)?[name] as JsonArray ?? []).OfType<JsonObject>();

    private static string Text(JsonNode? node) => JsonTexts.Text(node) ?? string.Empty;

    private static long Count(JsonNode? node) => node is JsonValue value && value.TryGetValue<double>(out var count) && count > 0 ? (long)Math.Round(count) : 0;
}

/// <summary>Requests that a revision has answered with one status.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Requests">How many.</param>
public sealed record RequestCount(string Revision, int Status, long Requests);
