using System.Text.Json.Serialization;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Verification;

/// <summary>What a candidate must show on its own address before it gets traffic, and again at each traffic step.</summary>
/// <param name="HealthPath">Must answer 200.</param>
/// <param name="VersionPath">Must answer 200 with JSON whose <c>version</c> is the release's.</param>
/// <param name="Requests">How many probe requests are sent.</param>
/// <param name="MaxErrorRate">The largest share of probe requests, 0 to 1, that may fail.</param>
/// <param name="MaxP95">The largest 95th percentile of the probe's latency.</param>
/// <param name="RequestTimeout">How long one request may take; longer is a failed request.</param>
public sealed record VerificationPolicy(
    string HealthPath,
    string VersionPath,
    int Requests,
    double MaxErrorRate,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan MaxP95,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan RequestTimeout)
{
    /// <summary>20 requests, at most 5 % errors, 95th percentile at most 2 s.</summary>
    public static VerificationPolicy Default { get; } =
        new("/health", "/version", 20, 0.05, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10));

    /// <summary>This policy with the stricter of both bounds: a release may ask for more than the environment does, never for less.</summary>
    public VerificationPolicy TightenedBy(VerificationDemand? demand) => demand is null
        ? this
        : this with
        {
            Requests = Math.Max(Requests, demand.Requests ?? Requests),
            MaxErrorRate = Math.Min(MaxErrorRate, demand.MaxErrorRate ?? MaxErrorRate),
            MaxP95 = demand.MaxP95 is { } p95 && p95 < MaxP95 ? p95 : MaxP95,
        };
}
