using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;
using Orchestrator.Core.Watch;
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

    /// <summary>The health of every region of a stack, each by <c>environment/region</c>, and of each environment whose work is stuck.</summary>
    public Task<HealthReport> ReportAsync(StackDefinition stack, CancellationToken cancellationToken) =>
        ReportAsync(
            stack.Environments.SelectMany(environment => environment.Regions.Select(region =>
                ($"{environment.Name}/{region.Name}", new RegionTarget(stack.Name, environment.Name, region), environment.Verification))),
            known => stack.Environments
                .Select(environment => (environment.Name, Finding: known.Of(stack.Name, environment.Name)))
                .Where(environment => environment.Finding is not null)
                .Select(environment => KeyValuePair.Create(environment.Name.Value, Entry(environment.Finding!))),
            cancellationToken);

    /// <summary>The health of one region.</summary>
    public Task<HealthReport> ReportAsync(RegionTarget target, VerificationPolicy policy, CancellationToken cancellationToken) =>
        ReportAsync([(target.ToString(), target, policy)], _ => [], cancellationToken);

    private async Task<HealthReport> ReportAsync(
        IEnumerable<(string Name, RegionTarget Target, VerificationPolicy Policy)> regions,
        Func<Findings, IEnumerable<KeyValuePair<string, HealthReportEntry>>> further,
        CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var known = await findings.AllAsync(cancellationToken);
        var entries = await Task.WhenAll(regions.Select(async region =>
            KeyValuePair.Create(region.Name, With(known.Of(region.Target), await LookAsync(region.Target, region.Policy, cancellationToken)))));
        return new(new Dictionary<string, HealthReportEntry>(entries.Concat(further(known))), time.GetElapsedTime(begun));
    }

    private static HealthReportEntry Entry(Finding finding) =>
        new(HealthStatus.Degraded, finding.Detail, TimeSpan.Zero, null, new Dictionary<string, object> { ["finding"] = finding });

    // What was found by the last look may be more than meets the eye now.
    private static HealthReportEntry With(Finding? finding, HealthReportEntry entry) => finding is null
        ? entry
        : new(
            entry.Status == HealthStatus.Healthy ? HealthStatus.Degraded : entry.Status,
            entry.Status == HealthStatus.Healthy ? finding.Detail : entry.Description,
            entry.Duration,
            entry.Exception,
            new Dictionary<string, object>(entry.Data) { ["finding"] = finding });

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
            var promoted = app.Tag(AppTags.Version);
            var serving = app.Serving();
            var drift = app.Tag(AppTags.Revision) is { } revision && revision != serving;
            var (status, description) = observed.Health.Status != 200
                ? (HealthStatus.Unhealthy, $"the workload's health: {observed.Health.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? observed.Health.Text}")
                : promoted is not null && observed.Version.Text != promoted
                    ? (HealthStatus.Unhealthy, $"expected version {promoted}, as promoted; found {observed.Version.Text}")
                    : drift
                        ? (HealthStatus.Degraded, $"expected revision {app.Tag(AppTags.Revision)} to serve, as promoted; found {serving}")
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
        Add("release", app.Tag(AppTags.Release));
        Add("verdict", app.Tag(AppTags.Verdict));
        Add("since", app.Tag(AppTags.Since));
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
}
