using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orchestrator.Functions.Deliveries;
using Orchestrator.Functions.GitHub.Writes;

namespace Orchestrator.Functions.Health;

/// <summary>Puts together what has been heard from GitHub, and what it has yet to be told. Asks nobody.</summary>
/// <param name="ledger">The deliveries.</param>
/// <param name="sweeps">The sweeps.</param>
/// <param name="writes">What waits to be written.</param>
/// <param name="time">The clock.</param>
public sealed class GitHubHealth(DeliveryLedger ledger, SweepStore sweeps, WriteView writes, TimeProvider time)
{
    // Two sweeps may be missed while an app is moved or upgraded.
    private static readonly TimeSpan Overdue = 3 * SweepGitHub.Every;

    // As long as a large rollout may take to be told of, within GitHub's limits.
    private static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan RefusedOfLate = TimeSpan.FromDays(1);

    /// <summary>The last delivery, the last sweep, the gaps, and what waits to be written.</summary>
    public async Task<HealthReport> ReportAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var last = await ledger.LastAsync(cancellationToken);
        var state = await sweeps.ReadAsync(cancellationToken);
        return new(
            new Dictionary<string, HealthReportEntry>
            {
                ["lastDelivery"] = Of(last),
                ["lastSweep"] = Of(state, time.GetUtcNow()),
                ["gaps"] = Of(state?.Gaps ?? []),
                ["writes"] = Of(await writes.ReadAsync(cancellationToken), time.GetUtcNow()),
            },
            time.GetElapsedTime(begun));
    }

    private static HealthReportEntry Of(DeliveryEntry? last) => last is null
        ? Entry(HealthStatus.Healthy, "none has come", [])
        : Entry(
            last.Verdict == DeliveryVerdict.Failed ? HealthStatus.Degraded : HealthStatus.Healthy,
            $"{last.Facts.Event}{(last.Facts.Action is { } action ? $" {action}" : string.Empty)}: {last.Detail}",
            new() { ["at"] = last.LastAt, ["delivery"] = last });

    private static HealthReportEntry Of(SweepState? state, DateTimeOffset now)
    {
        if (state is null)
        {
            return Entry(HealthStatus.Degraded, "the first start has not been noted", []);
        }

        var isOverdue = now - (state.LastAt ?? state.Begun) > Overdue;
        var data = new Dictionary<string, object> { ["begun"] = state.Begun, ["completeUntil"] = state.Watermark };
        if (state.LastAt is { } at)
        {
            data["at"] = at;
        }

        if (state.Limit is { } limit)
        {
            data["limit"] = limit;
        }

        return Entry(
            isOverdue || state.Problem is not null ? HealthStatus.Degraded : HealthStatus.Healthy,
            isOverdue ? $"expected a sweep every {SweepGitHub.Every.TotalMinutes:0} min, found none since {state.LastAt ?? state.Begun:u}" : state.Problem ?? (state.LastAt is null ? "none yet" : "complete"),
            data);
    }

    private static HealthReportEntry Of(IReadOnlyList<Gap> gaps)
    {
        var open = gaps.Count(gap => gap.Verdict == DeliveryVerdict.Failed);
        return Entry(
            open > 0 ? HealthStatus.Degraded : HealthStatus.Healthy,
            gaps.Count == 0 ? "none" : $"{gaps.Count} found, {open} not closed yet",
            new() { ["found"] = gaps.Reverse().ToArray() });
    }

    private static HealthReportEntry Of(WritesView view, DateTimeOffset now)
    {
        var refused = view.Refused.Where(refusal => refusal.At > now - RefusedOfLate).ToArray();
        var isLate = view.Oldest is { } oldest && now - oldest > LateAfter;
        string?[] said =
        [
            view.Waiting == 0 ? null : $"{view.Waiting} wait since {view.Oldest:u}{(view.Budget.Why is { } why ? $": {why}" : string.Empty)}",
            refused.Length == 0 ? null : $"{refused.Length} refused, the last one: {refused[^1].About}: {refused[^1].Why}",
        ];
        return Entry(
            isLate || refused.Length > 0 ? HealthStatus.Degraded : HealthStatus.Healthy,
            string.Join("; ", said.OfType<string>()) is { Length: > 0 } text ? text : "nothing waits",
            new() { ["now"] = view });
    }

    private static HealthReportEntry Entry(HealthStatus status, string description, Dictionary<string, object> data) =>
        new(status, description, TimeSpan.Zero, null, data);
}
