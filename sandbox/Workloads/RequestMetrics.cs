namespace Orchestrator.Sandbox.Workloads;

/// <summary>What a revision's process has counted of its requests since it began.</summary>
internal sealed class RequestMetrics(DateTimeOffset processStart)
{
    private readonly Lock turn = new();
    private readonly Dictionary<RequestKind, Histogram> durations = [];
    private readonly Dictionary<(DateTimeOffset Minute, int Status), long> minutes = [];
    private readonly Histogram firstTokens = new();

    // The part of an answer's time that its first token takes.
    private const double FirstTokenPart = 0.25;

    public DateTimeOffset ProcessStart => processStart;

    /// <summary>Counts requests that ended alike.</summary>
    public void Record(DateTimeOffset at, RequestKind kind, double seconds, long count = 1)
    {
        lock (turn)
        {
            if (!durations.TryGetValue(kind, out var duration))
            {
                durations[kind] = duration = new();
            }

            duration.Add(seconds, count);
            if (kind.Status == 200)
            {
                firstTokens.Add(seconds * FirstTokenPart, count);
            }

            var minute = new DateTimeOffset(at.Ticks - (at.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
            minutes[(minute, kind.Status)] = minutes.GetValueOrDefault((minute, kind.Status)) + count;
        }
    }

    /// <summary>Requests by minute and status, of whole minutes in a window.</summary>
    public IReadOnlyList<(DateTimeOffset Minute, int Status, long Count)> Minutes(DateTimeOffset from, DateTimeOffset to)
    {
        lock (turn)
        {
            return [.. minutes.Where(one => one.Key.Minute >= from && one.Key.Minute.AddMinutes(1) <= to).Select(one => (one.Key.Minute, one.Key.Status, one.Value))];
        }
    }

    /// <summary>Everything in Prometheus' text format, named by OpenTelemetry's conventions and vLLM's.</summary>
    public string Page(IReadOnlyList<string> models)
    {
        lock (turn)
        {
            var page = new PrometheusPage();
            page.Gauge("process_start_time_seconds", processStart.ToUnixTimeMilliseconds() / 1000.0);
            foreach (var (kind, duration) in durations)
            {
                page.Histogram("http_server_request_duration_seconds", kind.Labels, duration);
            }

            page.Histogram("vllm:time_to_first_token_seconds", [("model_name", models.Count > 0 ? models[0] : "none")], firstTokens);
            return page.ToString();
        }
    }
}

/// <summary>How a request ended.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="IsFiltered">Whether a content filter refused it.</param>
internal readonly record struct RequestKind(int Status, bool IsFiltered = false)
{
    public IReadOnlyList<(string Name, string Value)> Labels => IsFiltered
        ? [("http_response_status_code", Text), ("error_type", "content_filter")]
        : [("http_response_status_code", Text)];

    private string Text => Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
