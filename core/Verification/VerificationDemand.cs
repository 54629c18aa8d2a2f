using System.Text.Json.Serialization;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Verification;

/// <summary>What a release's manifest asks of its own verification, beyond the environment's policy.</summary>
/// <param name="Requests">At least this many probe requests.</param>
/// <param name="MaxErrorRate">At most this share of failures, 0 to 1.</param>
/// <param name="MaxP95">At most this 95th percentile.</param>
/// <param name="Probe">The request to send instead of the default one.</param>
public sealed record VerificationDemand(
    int? Requests,
    double? MaxErrorRate,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan? MaxP95,
    ProbeRequest? Probe);

/// <summary>The request that a verification repeats.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">Absolute path on the candidate's address.</param>
/// <param name="Body">JSON text to post, or null.</param>
public sealed record ProbeRequest(string Method, string Path, string? Body);
