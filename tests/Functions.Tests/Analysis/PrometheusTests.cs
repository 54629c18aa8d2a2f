using Orchestrator.Core.Analysis;
using Orchestrator.Functions.Analysis;

namespace Orchestrator.Functions.Tests.Analysis;

public sealed class PrometheusTests
{
    private static readonly DateTimeOffset Opened = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Opened.AddMinutes(5);

    [Fact]
    public void The_text_format_is_read_with_labels_escapes_and_times()
    {
        var samples = PrometheusText.Parse("# HELP a b\n# TYPE a counter\na 1\nb{x=\"y\\\"z\\n\\\\\", w=\"}\",} +Inf 1700000000000\r\n\nc{} NaN\n").ShouldNotBeNull();

        samples.Select(sample => sample.Name).ShouldBe(["a", "b", "c"]);
        samples[1].Label("x").ShouldBe("y\"z\n\\");
        samples[1].Label("w").ShouldBe("}");
        samples[1].Value.ShouldBe(double.PositiveInfinity);
        samples[2].Value.ShouldBe(double.NaN);
    }

    [Theory]
    [InlineData("<html>not metrics</html>")]
    [InlineData("a{x=\"y} 1")]
    [InlineData("a{x} 1")]
    [InlineData("a one")]
    public void Anything_else_is_not_read(string text) => PrometheusText.Parse(text).ShouldBeNull();

    [Fact]
    public void Requests_by_status_make_three_series_of_their_own()
    {
        var counters = Read("""
            http_server_request_duration_seconds_count{http_response_status_code="200"} 80
            http_server_request_duration_seconds_count{http_response_status_code="400",error_type="content_filter"} 5
            http_server_request_duration_seconds_count{http_response_status_code="429"} 10
            http_server_request_duration_seconds_count{http_response_status_code="500"} 5
            """);

        Series(counters, Metric.ContentFiltered).ShouldBe((5, 100));
        Series(counters, Metric.RateLimited).ShouldBe((10, 100));
        Series(counters, Metric.Errors).ShouldBe((5, 85));
    }

    [Fact]
    public void Statuses_in_groups_do_not_tell_a_rate_limit()
    {
        var counters = Read("http_requests_total{status=\"2xx\"} 90\nhttp_requests_total{status=\"4xx\"} 5\nhttp_requests_total{status=\"5xx\"} 5\n");

        counters.Series.Select(series => series.Metric).ShouldNotContain(Metric.RateLimited);
        Series(counters, Metric.Errors).ShouldBe((5, 100));
    }

    [Fact]
    public void Model_servers_own_names_are_known()
    {
        var counters = Read("""
            vllm:e2e_request_latency_seconds_bucket{model_name="m",le="0.5"} 3
            vllm:e2e_request_latency_seconds_bucket{model_name="m",le="+Inf"} 4
            vllm:time_to_first_token_seconds_bucket{model_name="m",le="0.1"} 4
            vllm:time_to_first_token_seconds_bucket{model_name="m",le="+Inf"} 4
            """);

        counters.Series.Select(series => series.Metric).ShouldBe([Metric.Latency, Metric.FirstToken]);
    }

    [Fact]
    public void What_counters_have_grown_by_is_what_happened()
    {
        var grown = CounterIncrease.Between(Page(Opened, 100, 10, start: 1), Page(Later, 150, 12, start: 1)).ShouldNotBeNull();

        grown[Metric.Errors].ShouldBe(Sample.OfShare(2, 52), new SampleComparer());
        grown[Metric.Latency].Bins.ShouldBe([new Bin(0, 0.5, 50)]);
    }

    [Fact]
    public void Counters_of_a_process_that_began_within_the_window_count_whole()
    {
        var restarted = Opened.AddMinutes(1).ToUnixTimeSeconds();

        var replicas = ReplicaWindow.With(ReplicaWindow.With([], Opened, [Page(Opened, 100, 10, start: 1)]), Opened, [Page(Later, 30, 3, start: restarted)]);

        ReplicaWindow.Sum(replicas)[Metric.Errors].ShouldBe(Sample.OfShare(3, 33), new SampleComparer());
    }

    [Fact]
    public void Replicas_are_followed_each_by_itself()
    {
        var opened = ReplicaWindow.With([], Opened, [Page(Opened, 100, 10, start: 1), Page(Opened, 900, 60, start: 2)]);

        var oneLater = ReplicaWindow.With(opened, Opened, [Page(Later, 950, 61, start: 2), Page(Later, 500, 50, start: 3)]);
        var allLater = ReplicaWindow.With(oneLater, Opened, [Page(Later, 120, 12, start: 1), Page(Later, 510, 55, start: 3)]);

        ReplicaWindow.Sum(oneLater)[Metric.Errors].ShouldBe(Sample.OfShare(1, 51), new SampleComparer(), "one that is first seen now has no past");
        ReplicaWindow.Sum(allLater)[Metric.Errors].ShouldBe(Sample.OfShare(1 + 2 + 5, 51 + 22 + 15), new SampleComparer());
    }

    [Fact]
    public void Counters_that_fell_for_no_reason_tell_nothing_and_are_seen_anew()
    {
        var fallen = ReplicaWindow.With(ReplicaWindow.With([], Opened, [Page(Opened, 100, 10, start: null)]), Opened, [Page(Later, 30, 3, start: null)]);

        ReplicaWindow.Sum(fallen)[Metric.Errors].Total.ShouldBe(0);
        ReplicaWindow.Sum(ReplicaWindow.With(fallen, Opened, [Page(Later, 50, 4, start: null)]))[Metric.Errors].ShouldBe(Sample.OfShare(1, 21), new SampleComparer());
    }

    [Fact]
    public void Requests_that_look_after_the_workload_are_not_its_users()
    {
        var counters = Read("""
            http_server_request_duration_seconds_count{http_route="/health",http_response_status_code="200"} 900
            http_server_request_duration_seconds_count{http_route="/v1/chat/completions",http_response_status_code="500"} 5
            """);

        Series(counters, Metric.Errors).ShouldBe((5, 5));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    public void Counters_that_are_no_counts_tell_nothing(double value) =>
        CounterIncrease.Between(Page(Opened, 100, 10, start: 1), Page(Later, value, 12, start: 1)).ShouldBeNull();

    [Fact]
    public void Times_above_the_last_bound_are_known_to_be_no_less()
    {
        var opening = Read("http_request_duration_seconds_bucket{le=\"1\"} 0\nhttp_request_duration_seconds_bucket{le=\"+Inf\"} 0\n");
        var now = Read("http_request_duration_seconds_bucket{le=\"1\"} 3\nhttp_request_duration_seconds_bucket{le=\"+Inf\"} 5\n");

        CounterIncrease.Between(opening, now).ShouldNotBeNull()[Metric.Latency].Bins.ShouldBe([new Bin(0, 1, 3), new Bin(1, null, 2)]);
    }

    private static Counters Read(string text) => WorkloadCounters.Of(PrometheusText.Parse(text).ShouldNotBeNull(), Opened, ["/health"]);

    private static Counters Page(DateTimeOffset at, double answered, double failed, long? start) => WorkloadCounters.Of(
        PrometheusText.Parse(FormattableString.Invariant($"""
            {(start is null ? "#" : $"process_start_time_seconds {start}")}
            http_server_request_duration_seconds_count{"{"}http_response_status_code="200"{"}"} {Text(answered)}
            http_server_request_duration_seconds_bucket{"{"}http_response_status_code="200",le="0.5"{"}"} {Text(answered)}
            http_server_request_duration_seconds_bucket{"{"}http_response_status_code="200",le="+Inf"{"}"} {Text(answered)}
            http_server_request_duration_seconds_count{"{"}http_response_status_code="503"{"}"} {Text(failed)}
            """)).ShouldNotBeNull(),
        at,
        []);

    private static string Text(double value) => double.IsPositiveInfinity(value) ? "+Inf" : FormattableString.Invariant($"{value}");

    private static (double Events, double Total) Series(Counters counters, Metric metric)
    {
        var series = counters.Series.Single(one => one.Metric == metric);
        return (series.Events, series.Total);
    }

    private sealed class SampleComparer : IEqualityComparer<Sample>
    {
        public bool Equals(Sample? x, Sample? y) => x!.Total == y!.Total && x.Events == y.Events && x.Bins.SequenceEqual(y.Bins);

        public int GetHashCode(Sample sample) => 0;
    }
}
