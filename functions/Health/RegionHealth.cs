using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Verification;
using Orchestrator.Functions.Watch;

namespace Orchestrator.Functions.Health;

/// <summary>Looks at what runs in a region: who has the traffic, what was promoted, and how the workload answers now.</summary>
/// <param name="apps">The regions' container apps.</param>
/// <param name="observer">Who asks the workload.</param>
/// <param name="findings">What the last looks have found.</param>
/// <param name="time">The clock.</param>
public sealed class RegionHealth(ContainerApps apps, WorkloadObserver observer, FindingStore findings, TimeProvider time)
{
    private static readonly ProbeRequest NoProbe = new("GET", "/", null);

    /// <summary>The health of every region of a stack, each by <c>environment/region</c>.</summary>
    public async Task<HealthReport> ReportAsync(StackDefinition stack, CancellationToken cancellationToken)
    {
        var report = await ReportAsync(
            stack.Environments.SelectMany(environment => environment.Regions.Select(region =>
                ($"{environment.Name}/{region.Name}", new RegionTarget(stack.Name, environment.Name, region), environment.Verification))),
            cancellationToken);
        var entries = new Dictionary<string, HealthReportEntry>(report.Entries);
        foreach (var environment in stack.Environments)
        {
            if (await findings.OfAsync(stack.Name, environment.Name, cancellationToken) is { } stuck)
            {
                entries.Add($"{environment.Name}", new(HealthStatus.Degraded, stuck.Detail, TimeSpan.Zero, null, new Dictionary<string, object> { ["finding"] = stuck }));
            }
        }

        return new(entries, report.TotalDuration);
    }

    /// <summary>The health of one region.</summary>
    public Task<HealthReport> ReportAsync(RegionTarget target, VerificationPolicy policy, CancellationToken cancellationToken) =>
        ReportAsync([(target.ToString(), target, policy)], cancellationToken);

    private async Task<HealthReport> ReportAsync(
        IEnumerable<(string Name, RegionTarget Target, VerificationPolicy Policy)> regions,
        CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var entries = await Task.WhenAll(regions.Select(async region =>
            KeyValuePair.Create(region.Name, await WithFindingAsync(region.Target, await LookAsync(region.Target, region.Policy, cancellationToken), cancellationToken))));
        return new(new Dictionary<string, HealthReportEntry>(entries), time.GetElapsedTime(begun));
    }

    // What was found by the last look may be more than meets the eye now.
    private async Task<HealthReportEntry> WithFindingAsync(RegionTarget target, HealthReportEntry entry, CancellationToken cancellationToken) =>
        await findings.OfAsync(target, cancellationToken) is { } finding
            ? new(
                entry.Status == HealthStatus.Healthy ? HealthStatus.Degraded : entry.Status,
                entry.Status == HealthStatus.Healthy ? finding.Detail : entry.Description,
                entry.Duration,
                entry.Exception,
                new Dictionary<string, object>(entry.Data) { ["finding"] = finding })
            : entry;

    private async Task<HealthReportEntry> LookAsync(RegionTarget target, VerificationPolicy policy, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        try
        {
            var app = await apps.ReadAsync(target, cancellationToken);
            if (app?.Fqdn is not { } fqdn)
            {
                return Entry(HealthStatus.Unhealthy, app is null ? "the container app does not exist" : "the container app has no ingress", []);
            }

            var observed = await observer.ObserveAsync(target.Stack, fqdn, policy with { Requests = 0 }, NoProbe, cancellationToken);
            return Judge(app, observed);
        }
        catch (Exception failure) when (failure is StackUnavailableException or StackRefusedException)
        {
            return Entry(HealthStatus.Unhealthy, failure.Message, []);
        }

        HealthReportEntry Judge(ContainerAppState app, Observations observed)
        {
            var promoted = Tag(app, AppTags.Version);
            var serving = app.Serving();
            var drift = Tag(app, AppTags.Revision) is { } revision && revision != serving;
            var (status, description) = observed.Health.Status != 200
                ? (HealthStatus.Unhealthy, $"the workload's health: {observed.Health.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? observed.Health.Text}")
                : promoted is not null && observed.Version.Text != promoted
                    ? (HealthStatus.Unhealthy, $"expected version {promoted}, as promoted; found {observed.Version.Text}")
                    : drift
                        ? (HealthStatus.Degraded, $"expected revision {Tag(app, AppTags.Revision)} to serve, as promoted; found {serving}")
                        : (HealthStatus.Healthy, $"runs {observed.Version.Text}");
            return Entry(status, description, Data(app, serving, observed));
        }

        HealthReportEntry Entry(HealthStatus status, string description, Dictionary<string, object> data) =>
            new(status, description, time.GetElapsedTime(begun), null, data);
    }

    private static Dictionary<string, object> Data(ContainerAppState app, string? serving, Observations observed)
    {
        var data = new Dictionary<string, object> { ["version"] = observed.Version.Text };
        Add("revision", serving);
        Add("release", Tag(app, AppTags.Release));
        Add("verdict", Tag(app, AppTags.Verdict));
        Add("since", Tag(app, AppTags.Since));
        data["traffic"] = app.Traffic.Where(share => share.Weight > 0).Select(share => $"{share.Revision ?? "latest"} {share.Weight}%").ToArray();
        return data;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                data[name] = value;
            }
        }
    }

    private static string? Tag(ContainerAppState app, string name) =>
        app.Tags.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
