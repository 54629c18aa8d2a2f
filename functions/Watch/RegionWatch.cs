using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;
using Orchestrator.Core.Watch;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Verification;

namespace Orchestrator.Functions.Watch;

/// <summary>Compares what runs in a region with what was promoted there, and verifies it again as it serves its users.</summary>
/// <param name="apps">The regions' container apps.</param>
/// <param name="observer">Who measures.</param>
/// <param name="time">The clock.</param>
public sealed class RegionWatch(ContainerApps apps, WorkloadObserver observer, TimeProvider time)
{
    /// <summary>What was found, and the release that was promoted, as far as the region says it.</summary>
    public async Task<RegionLook> LookAsync(RegionTarget target, VerificationPolicy policy, CancellationToken cancellationToken)
    {
        try
        {
            var app = await apps.ReadAsync(target, cancellationToken);
            if (app is null)
            {
                return Found(FindingKind.Drift, $"expected container app {target.Region.App}, found none", null);
            }

            var release = app.Tag(AppTags.Release);
            if (app.Tag(AppTags.Revision) is { } promoted && (app.WeightOf(promoted) != 100 || !app.IsPinned))
            {
                return Found(FindingKind.Drift, $"expected revision {promoted} to have all traffic, as promoted; found {Shares(app)}", release);
            }

            return await VerifyAsync(target, policy, app, release, cancellationToken);
        }
        catch (Exception failure) when (failure is StackUnavailableException or StackRefusedException)
        {
            return Found(FindingKind.Unknown, failure.Message, null);
        }
    }

    private async Task<RegionLook> VerifyAsync(RegionTarget target, VerificationPolicy policy, ContainerAppState app, string? release, CancellationToken cancellationToken)
    {
        if (app.Fqdn is not { } fqdn)
        {
            return Found(FindingKind.Drift, $"expected {target.Region.App} to have ingress, found none", release);
        }

        var observed = await observer.ObserveAsync(target.Stack, fqdn, policy, DefaultProbe.For([], policy), cancellationToken);
        var result = VerificationJudge.Judge(observed, policy, app.Tag(AppTags.Version));
        return result.Verdict switch
        {
            Verdict.Fail => Found(FindingKind.Unfit, result.Summary(), release),
            Verdict.Error => Found(FindingKind.Unknown, result.Summary(), release),
            _ => new(null, release),
        };
    }

    private RegionLook Found(FindingKind kind, string detail, string? release) => new(new(kind, detail, time.GetUtcNow()), release);

    private static string Shares(ContainerAppState app) => string.Join(", ", app.Traffic.Where(share => share.Weight > 0).Select(share => $"{share.Revision ?? "the latest"} {share.Weight} %"));
}

/// <summary>What a look at a region has shown.</summary>
/// <param name="Finding">What is wrong; null when nothing is.</param>
/// <param name="Release">The tag of the release that was promoted; null when the region does not say.</param>
public sealed record RegionLook(Finding? Finding, string? Release);
