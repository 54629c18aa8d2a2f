using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Core;

namespace Orchestrator.Functions.Azure;

/// <summary>Azure Monitor's metrics, through the ARM of the stack's own cloud. Source: learn.microsoft.com, "Metrics - List".</summary>
/// <param name="stacks">The way to each stack's ARM.</param>
public sealed class MonitorMetrics(StackConnections stacks)
{
    // By default only ten series are listed, and the rest is left out without a word.
    private const string MostSeries = "1000";
    private const string StatusCode = "statusCode";

    /// <summary>How many requests some revisions of the region's app have had in the whole minutes of a window, by status.</summary>
    /// <exception cref="StackUnavailableException">ARM could not be asked, or not now.</exception>
    /// <exception cref="StackRefusedException">ARM refuses to say.</exception>
    public Task<IReadOnlyList<RequestCount>> RequestsAsync(RegionTarget target, IReadOnlyList<string> revisions, DateTimeOffset since, DateTimeOffset to, CancellationToken cancellationToken) => ListAsync(
        target,
        stacks.Of(target.Stack).AppId(target.Region).ToString(),
        RequestMetric.OfApp,
        $"({string.Join(" or ", revisions.Select(revision => $"{RequestMetric.OfApp.Dimension} eq '{revision}'"))})",
        since,
        to,
        cancellationToken);

    /// <summary>How many requests each server of an online endpoint has had in the whole minutes of a window, copies included, by status.</summary>
    /// <exception cref="StackUnavailableException">ARM could not be asked, or not now.</exception>
    /// <exception cref="StackRefusedException">ARM refuses to say.</exception>
    public Task<IReadOnlyList<RequestCount>> RequestsOfServersAsync(RegionTarget target, string endpoint, DateTimeOffset since, DateTimeOffset to, CancellationToken cancellationToken) => ListAsync(
        target,
        stacks.Of(target.Stack).IdIn(target.Region, endpoint),
        RequestMetric.OfEndpoint,
        $"{RequestMetric.OfEndpoint.Dimension} eq '*'",
        since,
        to,
        cancellationToken);

    /// <summary>The first whole minute of a window: the one that it begins in had other traffic too.</summary>
    public static DateTimeOffset WholeMinute(DateTimeOffset since) => new DateTimeOffset(since.Ticks - (since.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero)
        .AddMinutes(since.Ticks % TimeSpan.TicksPerMinute == 0 ? 0 : 1);

    private async Task<IReadOnlyList<RequestCount>> ListAsync(RegionTarget target, string id, RequestMetric metric, string filter, DateTimeOffset since, DateTimeOffset to, CancellationToken cancellationToken) =>
        WholeMinute(since) is var from && to - from < TimeSpan.FromMinutes(1)
            ? []
            : await ArmErrors.TranslateAsync(target.ToString(), "reading metrics", async () =>
            {
                var connection = stacks.Of(target.Stack);
                using var message = connection.Ask(connection.OncePipeline, RequestMethod.Get, $"{id}/providers/Microsoft.Insights/metrics?{Query(metric, filter, from, to)}");
                try
                {
                    await connection.OncePipeline.SendAsync(message, cancellationToken);
                }
                catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
                {
                    throw new StackUnavailableException($"{target}: reading metrics: no answer from ARM in time", late);
                }

                return message.Response.IsError ? throw new RequestFailedException(message.Response) : Read(target, metric, message.Response.Content);
            });

    private static string Query(RequestMetric metric, string filter, DateTimeOffset from, DateTimeOffset to) => string.Join('&', new Dictionary<string, string>
    {
        ["api-version"] = ApiVersions.Metrics,
        ["metricnames"] = metric.Name,
        ["aggregation"] = metric.Aggregation,
        ["interval"] = "PT1M",
        ["timespan"] = $"{Time(from)}/{Time(to)}",
        ["top"] = MostSeries,
        ["$filter"] = $"{filter} and {StatusCode} eq '*'{(metric.ModelStatus is { } model ? $" and {model} eq '*'" : string.Empty)}",
    }.Select(parameter => $"{parameter.Key}={Uri.EscapeDataString(parameter.Value)}"));

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static IReadOnlyList<RequestCount> Read(RegionTarget target, RequestMetric metric, BinaryData content)
    {
        try
        {
            var answer = JsonNode.Parse(content);
            return Objects(answer, "value").FirstOrDefault(one => one["errorCode"] is { } code && Text(code) != "Success") is { } failed
                ? throw new StackUnavailableException($"{target}: reading metrics: Azure Monitor says {Text(failed["errorCode"])}")
                : Read(metric, answer);
        }
        catch (JsonException)
        {
            throw new StackUnavailableException($"{target}: reading metrics: expected JSON, found something else");
        }
    }

    // Minutes without requests have no value at all.
    private static IReadOnlyList<RequestCount> Read(RequestMetric metric, JsonNode? answer) =>
    [
        .. from found in Objects(answer, "value")
           from series in Objects(found, "timeseries")
           let labels = Objects(series, "metadatavalues").ToDictionary(label => Text(label["name"]?["value"]), label => Text(label["value"]), StringComparer.OrdinalIgnoreCase)
           let requests = Objects(series, "data").Sum(minute => Count(minute[metric.Aggregation.ToLowerInvariant()]))
           let status = Status(labels, StatusCode)
           where labels.ContainsKey(metric.Dimension) && status is not null
           select new RequestCount(labels[metric.Dimension], status.Value, requests) { ModelStatus = metric.ModelStatus is { } model ? Status(labels, model) : null },
    ];

    private static int? Status(Dictionary<string, string> labels, string name) =>
        int.TryParse(labels.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var status) ? status : null;

    private static IEnumerable<JsonObject> Objects(JsonNode? node, string name) => ((node as JsonObject)?[name] as JsonArray ?? []).OfType<JsonObject>();

    private static string Text(JsonNode? node) => JsonTexts.Text(node) ?? string.Empty;

    private static long Count(JsonNode? node) => node is JsonValue value && value.TryGetValue<double>(out var count) && count > 0 ? (long)Math.Round(count) : 0;
}

/// <summary>Requests that were answered with one status.</summary>
/// <param name="By">Who has answered: a revision, or a server of an online endpoint.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Requests">How many.</param>
public sealed record RequestCount(string By, int Status, long Requests)
{
    /// <summary>What the model server behind an online endpoint has answered with itself; null where that is not known.</summary>
    public int? ModelStatus { get; init; }
}

/// <summary>What Azure Monitor calls the requests of a kind of resource, by the minute.</summary>
/// <param name="Name">The metric.</param>
/// <param name="Aggregation">Which of a minute's values is their number.</param>
/// <param name="Dimension">Who has answered.</param>
/// <param name="ModelStatus">What a model server behind it has answered with; null where there is none.</param>
internal sealed record RequestMetric(string Name, string Aggregation, string Dimension, string? ModelStatus = null)
{
    /// <summary>Source: supported metrics of Microsoft.App/containerapps.</summary>
    public static RequestMetric OfApp { get; } = new("Requests", "Total", "revisionName");

    /// <summary>Source: supported metrics of Microsoft.MachineLearningServices/workspaces/onlineEndpoints: a rate by the minute, known by its average.</summary>
    public static RequestMetric OfEndpoint { get; } = new("RequestsPerMinute", "Average", "deployment", "modelStatusCode");
}
