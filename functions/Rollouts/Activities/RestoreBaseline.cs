using System.Text.Json.Serialization;
using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Models;

namespace Orchestrator.Functions.Rollouts.Activities;

/// <summary>Gives the baseline all traffic back and stops the candidate.</summary>
/// <param name="apps">The regions' container apps.</param>
/// <param name="models">Who removes the candidate's models.</param>
/// <param name="time">The clock.</param>
public sealed class RestoreBaseline(ContainerApps apps, ModelRetirement models, TimeProvider time)
{
    // The baseline serves by then, and the rollback must not run out of time for what is left behind.
    private const int PatienceShare = 10;

    /// <summary>Why the baseline does not serve; nothing when it does.</summary>
    [Function(nameof(RestoreBaseline))]
    public async Task<Restoration> RunAsync([ActivityTrigger] RestoreOrder order, CancellationToken cancellationToken)
    {
        var target = order.Region.Target;
        var baseline = order.Baseline.Revision;
        try
        {
            var app = await apps.ReadAsync(target, cancellationToken);
            if (app is null)
            {
                return new($"expected container app {target.Region.App}, found none");
            }

            if (IsSomebodyElses(order, app))
            {
                return new(Rejection: null, Left: $"{app.Serving()} serves by now, so nothing was rolled back");
            }

            if (!IsBack(order, app))
            {
                if (await apps.ReadRevisionAsync(target, baseline, cancellationToken) is not { IsActive: true })
                {
                    return new($"expected the baseline {baseline} to be active, so that it can serve again; found it gone or stopped");
                }

                await apps.SetTrafficAsync(target, [new(baseline, IsLatest: false, 100)], TagsFor(order, app), cancellationToken);
            }
        }
        catch (StackRefusedException refused)
        {
            return new(refused.Message);
        }

        return new(Rejection: null) { Remains = await StopCandidateAsync(order, cancellationToken) };
    }

    // An entry without weight still names the candidate, by its label, and a stopped revision must not be named.
    private static bool IsBack(RestoreOrder order, ContainerAppState app)
    {
        var candidate = RevisionNames.Of(order.Region);
        return app.IsPinned
            && app.WeightOf(order.Baseline.Revision) == 100
            && app.Traffic.All(share => share.Revision != candidate);
    }

    // A release that no longer runs is not rolled back: that would take the traffic from one that nobody complains of.
    private static bool IsSomebodyElses(RestoreOrder order, ContainerAppState app) =>
        app.IsPinned
        && app.Serving() is not null
        && app.WeightOf(order.Baseline.Revision) == 0
        && app.WeightOf(RevisionNames.Of(order.Region)) == 0;

    // What the baseline was promoted with is known only as far as its tags said it; the rest would be a guess.
    private static Dictionary<string, string>? TagsFor(RestoreOrder order, ContainerAppState app)
    {
        // Tags change with a promotion alone. Without one they say what should run here, whatever does.
        var candidate = RevisionNames.Of(order.Region);
        if (app.Tags.GetValueOrDefault(AppTags.Revision) != candidate || app.WeightOf(candidate) != 100)
        {
            return null;
        }

        return new(app.Tags)
        {
            [AppTags.Release] = order.Baseline.Release ?? string.Empty,
            [AppTags.Revision] = order.Baseline.Revision,
            [AppTags.Version] = order.Baseline.Version ?? string.Empty,
            [AppTags.Verdict] = string.Empty,
        };
    }

    // A candidate that keeps running without traffic costs money and hurts nobody: not worth a failed rollback, but to be told. Nor does
    // it keep its models, which have no traffic either.
    private async Task<string?> StopCandidateAsync(RestoreOrder order, CancellationToken cancellationToken)
    {
        var (region, target, name) = (order.Region, order.Region.Target, RevisionNames.Of(order.Region));
        var tries = new FewTries(region.Rollout.Limits.RollBack / PatienceShare, time);
        RevisionState? candidate = null;
        var running = await tries.TryAsync(
            async () =>
            {
                candidate = await apps.ReadRevisionAsync(target, name, cancellationToken);
                if (candidate is { IsActive: true })
                {
                    await apps.DeactivateAsync(target, name, cancellationToken);
                }
            },
            cancellationToken);

        // Where the candidate did not come as far as a revision, only the plan knows what was made for it.
        var left = (candidate?.Models ?? region.Models?.Entries) is not { Count: > 0 } asked || target.Region.Models is null ? null : await tries.TryAsync(
            async () =>
            {
                var baseline = await apps.ReadRevisionAsync(target, order.Baseline.Revision, cancellationToken);
                await models.RunAsync(target, asked, baseline?.Models, isReplaced: false, cancellationToken);
            },
            cancellationToken);
        string?[] remains =
        [
            running is null ? null : $"the candidate was not stopped and may run without traffic until somebody stops it: {running}",
            left is null ? null : $"a model of the candidate's own is left: {left}; what is tagged as the orchestrator's is tried again when the environment is next tidied",
        ];
        return string.Join("; ", remains.OfType<string>()) is { Length: > 0 } told ? told : null;
    }
}

/// <summary>The order to go back to a baseline.</summary>
/// <param name="Region">Where and from which candidate.</param>
/// <param name="Baseline">Who gets all traffic.</param>
public sealed record RestoreOrder(RegionOrder Region, Baseline Baseline);

/// <summary>What came of going back.</summary>
/// <param name="Rejection">Why the baseline does not serve; null when it does.</param>
/// <param name="Left">Why nothing was changed; null when the baseline serves.</param>
public sealed record Restoration(string? Rejection, string? Left = null)
{
    /// <summary>What of the candidate could not be stopped or removed, and costs money; null when nothing is left, and in the histories of builds that did not say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? Remains { get; init; }
}
