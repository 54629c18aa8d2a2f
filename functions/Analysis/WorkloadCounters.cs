using System.Globalization;
using Orchestrator.Core.Analysis;

namespace Orchestrator.Functions.Analysis;

/// <summary>
/// Finds our metrics among a workload's own: those of OpenTelemetry's HTTP semantic conventions (which ASP.NET Core has by itself), of
/// vLLM, of SGLang and of FastAPI's instrumentator. Of several that say the same, the first is taken. Sources: opentelemetry.io
/// "Semantic conventions for HTTP metrics"; vllm-project/vllm docs/design/metrics.md; sgl-project/sglang docs/references/production_metrics.md.
/// </summary>
internal static class WorkloadCounters
{
    private static readonly (string Name, string Status)[] Requests =
    [
        ("http_server_request_duration_seconds_count", "http_response_status_code"),
        ("http_requests_total", "status"),
        ("http_requests_total", "code"),
    ];

    private static readonly string[] Latencies =
    [
        "http_server_request_duration_seconds_bucket",
        "vllm:e2e_request_latency_seconds_bucket",
        "sglang:e2e_request_latency_seconds_bucket",
        "http_request_duration_seconds_bucket",
    ];

    private static readonly string[] FirstTokens = ["vllm:time_to_first_token_seconds_bucket", "sglang:time_to_first_token_seconds_bucket"];

    // Under one of these names the route stands that a request took.
    private static readonly string[] Routes = ["http_route", "handler", "path"];

    /// <summary>The counters at a moment; requests that look after the workload, by <paramref name="care"/>, are none of its users'.</summary>
    public static Counters Of(IReadOnlyList<PrometheusSample> all, DateTimeOffset at, IReadOnlyList<string> care)
    {
        var samples = all.Where(sample => !Routes.Any(route => care.Contains(sample.Label(route)))).ToArray();
        var start = samples.FirstOrDefault(sample => sample.Name == "process_start_time_seconds")?.Value;
        return new(
            at,
            start is { } seconds && seconds is > 0 and < 1e11 ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null,
            [.. Shares(samples), .. Time(Metric.Latency, Latencies, samples), .. Time(Metric.FirstToken, FirstTokens, samples)]);
    }

    // Numbers travel as JSON, which has no others. A count is never negative.
    private static double Finite(double value) => double.IsFinite(value) ? value : CounterSeries.NoNumber;

    private static IEnumerable<CounterSeries> Shares(IReadOnlyList<PrometheusSample> samples)
    {
        foreach (var (name, status) in Requests)
        {
            var all = samples.Where(sample => sample.Name == name && sample.Label(status) is not null).Select(sample => (Status: sample.Label(status)!, Sample: sample)).ToArray();
            if (all.Length == 0)
            {
                continue;
            }

            var total = all.Sum(one => one.Sample.Value);
            var failed = Sum(one => one.Status.StartsWith('5'));
            var filtered = Sum(one => one.Sample.Label("error_type") == "content_filter");
            yield return new(Metric.ContentFiltered, Finite(total), Finite(filtered), []);

            // "4xx" does not tell a rate limit from a caller's mistake.
            if (all.All(one => one.Status is not "4xx"))
            {
                var limited = Sum(one => one.Status == "429");
                yield return new(Metric.RateLimited, Finite(total), Finite(limited), []);
                total -= limited;
            }

            yield return new(Metric.Errors, Finite(total - filtered), Finite(failed), []);
            yield break;

            double Sum(Func<(string Status, PrometheusSample Sample), bool> counts) => all.Where(counts).Sum(one => one.Sample.Value);
        }
    }

    private static IEnumerable<CounterSeries> Time(Metric metric, string[] names, IReadOnlyList<PrometheusSample> samples)
    {
        var buckets = names.Select(name => samples.Where(sample => sample.Name == name && IsAnswer(sample)).ToArray()).FirstOrDefault(found => found.Length > 0);
        if (buckets is null)
        {
            yield break;
        }

        var counts = buckets
            .GroupBy(sample => Bound(sample.Label("le")))
            .Select(group => new CounterBucket(double.IsFinite(group.Key) ? group.Key : null, Finite(group.Sum(sample => sample.Value))))
            .OrderBy(bucket => bucket.AtMost ?? double.PositiveInfinity)
            .ToArray();
        yield return new(metric, counts[^1].Count, 0, counts);
    }

    // A quick refusal is not a quick answer.
    private static bool IsAnswer(PrometheusSample sample) => (sample.Label("http_response_status_code") ?? sample.Label("status") ?? "2") is ['2', ..];

    private static double Bound(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) ? bound : double.PositiveInfinity;
}
