using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orchestrator.Functions.Deliveries;
using Orchestrator.Functions.Retention;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.Health;

/// <summary>Says when what policy does not keep was last purged.</summary>
/// <param name="purges">The last purge.</param>
/// <param name="sweeps">When this instance was first started.</param>
/// <param name="settings">The policy.</param>
/// <param name="time">The clock.</param>
public sealed class RetentionHealth(PurgeStore purges, SweepStore sweeps, OrchestratorSettings settings, TimeProvider time)
{
    // One night may be missed while an app is moved or upgraded.
    private static readonly TimeSpan Overdue = 2 * PurgeRuns.Every;

    /// <summary>The last purge.</summary>
    public async Task<HealthReport> ReportAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var last = await purges.ReadAsync(cancellationToken);
        var since = last?.At ?? (await sweeps.ReadAsync(cancellationToken))?.Begun;
        var isOverdue = time.GetUtcNow() - since > Overdue;
        var data = new Dictionary<string, object>
        {
            ["runDays"] = settings.Retention.Runs.TotalDays,
            ["deliveryDays"] = settings.Retention.Deliveries.TotalDays,
        };
        if (last is not null)
        {
            data["last"] = last;
        }

        var status = isOverdue || last?.Problem is not null ? HealthStatus.Degraded : HealthStatus.Healthy;
        var description = isOverdue ? $"expected a purge every day, found none since {since:u}"
            : last is null ? "none yet"
            : last.Problem ?? (last.IsComplete ? "complete" : "more is due: the next one goes on");
        return new(
            new Dictionary<string, HealthReportEntry> { ["lastPurge"] = new(status, description, TimeSpan.Zero, null, data) },
            time.GetElapsedTime(begun));
    }
}
