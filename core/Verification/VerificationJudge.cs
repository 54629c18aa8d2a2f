using System.Globalization;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Verification;

/// <summary>Turns measurements into a verdict. Pure: the same observations under the same policy give the same result.</summary>
public static class VerificationJudge
{
    /// <summary>The result of a verification.</summary>
    /// <param name="observations">What was measured.</param>
    /// <param name="policy">The bounds.</param>
    /// <param name="version">The version that the workload must report; null when it is not known.</param>
    public static VerificationResult Judge(Observations observations, VerificationPolicy policy, string? version)
    {
        if (Unreachable(observations))
        {
            return VerificationResult.Of([new("reachable", Verdict.Error, "an answer from the candidate's address", observations.Health.Text)]);
        }

        return VerificationResult.Of([
            Health(observations.Health),
            .. version is null ? Array.Empty<Check>() : [Version(observations.Version, version)],
            ErrorRate(observations.Probes, policy),
            Latency(observations.Probes, policy),
        ]);
    }

    private static bool Unreachable(Observations observations) =>
        observations.Health.Status is null
        && observations.Version.Status is null
        && observations.Probes.All(probe => probe.Outcome == ProbeOutcome.Unreachable);

    private static Check Health(Answer answer) => new(
        "health",
        answer.Status switch { 200 => Verdict.Pass, null => Verdict.Error, _ => Verdict.Fail },
        "200",
        answer.Status is { } status ? Text(status) : answer.Text);

    private static Check Version(Answer answer, string version) => new(
        "version",
        answer.Status switch
        {
            200 => answer.Text == version ? Verdict.Pass : Verdict.Fail,
            null => Verdict.Error,
            _ => Verdict.Fail,
        },
        version,
        answer.Status is null or 200 ? answer.Text : $"status {Text(answer.Status.Value)}");

    private static Check ErrorRate(IReadOnlyList<ProbeSample> probes, VerificationPolicy policy)
    {
        // What a filter or a rate limit has refused tells nothing about errors; half of the requests are enough to tell by.
        var failed = probes.Count(probe => probe.Outcome == ProbeOutcome.Failed);
        var measured = failed + probes.Count(probe => probe.Outcome == ProbeOutcome.Answered);
        var refused = probes.Count(probe => probe.Outcome is ProbeOutcome.Filtered or ProbeOutcome.RateLimited);
        var expected = $"at most {Percent(policy.MaxErrorRate)} of {policy.Requests} requests";
        var found = refused == 0 ? $"{failed} of {measured}" : $"{failed} of {measured}, and {refused} that a filter or a rate limit refused";
        return measured + refused == 0
            ? new("error rate", Verdict.Error, expected, "no answer at all")
            : measured > 0 && (double)failed / measured > policy.MaxErrorRate
                ? new("error rate", Verdict.Fail, expected, found)
                : new("error rate", measured + refused < policy.Requests || measured * 2 < policy.Requests ? Verdict.Inconclusive : Verdict.Pass, expected, found);
    }

    private static Check Latency(IReadOnlyList<ProbeSample> probes, VerificationPolicy policy)
    {
        var latencies = probes.Where(probe => probe.Outcome == ProbeOutcome.Answered).Select(probe => probe.Latency).Order().ToArray();
        var expected = $"p95 at most {DurationText.Format(policy.MaxP95)}";
        if (latencies.Length == 0)
        {
            return new("latency", Verdict.Inconclusive, expected, "no request was answered");
        }

        var p95 = latencies[(int)Math.Ceiling(latencies.Length * 0.95) - 1];
        return new("latency", p95 > policy.MaxP95 ? Verdict.Fail : Verdict.Pass, expected, DurationText.Format(p95));
    }

    private static string Percent(double share) => share.ToString("0.##%", CultureInfo.InvariantCulture);

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
