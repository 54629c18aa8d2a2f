using System.Text.Json.Serialization;
using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Models;

namespace Orchestrator.Functions.Rollouts.Activities;

/// <summary>
/// Notes what serves a region, before anything is changed, and pins its traffic to it: traffic that follows the latest revision
/// would go to the candidate the moment it exists.
/// </summary>
/// <param name="apps">The regions' container apps.</param>
public sealed class NoteBaseline(ContainerApps apps)
{
    /// <summary>What serves, or why the region cannot take a rollout.</summary>
    [Function(nameof(NoteBaseline))]
    public async Task<BaselineNote> RunAsync([ActivityTrigger] RegionOrder order, CancellationToken cancellationToken)
    {
        try
        {
            var app = await apps.ReadAsync(order.Target, cancellationToken);
            return app is null
                ? BaselineNote.Rejected($"expected container app {order.Target.Region.App} in {order.Target.Region.ResourceGroup}, found none")
                : await NoteAsync(order, app, cancellationToken);
        }
        catch (StackRefusedException refused)
        {
            return BaselineNote.Rejected(refused.Message);
        }
    }

    private async Task<BaselineNote> NoteAsync(RegionOrder order, ContainerAppState app, CancellationToken cancellationToken)
    {
        if (app.RevisionsMode != "Multiple")
        {
            return BaselineNote.Rejected($"expected activeRevisionsMode Multiple on {order.Target.Region.App}, so that a candidate can run beside the baseline; found {app.RevisionsMode}");
        }

        var candidate = RevisionNames.Of(order);
        if (app.WeightOf(candidate) == 100)
        {
            return new(null, AlreadyServing: true, null);
        }

        if (app.Serving(other: candidate) is not { } serving)
        {
            return BaselineNote.Rejected($"expected a revision of {order.Target.Region.App} that has traffic and could be gone back to; found none");
        }

        // A rollback is promised only to a revision that is there.
        if (await apps.ReadRevisionAsync(order.Target, serving, cancellationToken) is not { IsActive: true } baseline)
        {
            return BaselineNote.Rejected($"expected revision {serving}, which has the traffic of {order.Target.Region.App}, to be active, so that it could be gone back to; found it gone or stopped");
        }

        if (!app.IsPinned)
        {
            await apps.SetTrafficAsync(order.Target, [new(serving, IsLatest: false, 100)], tags: null, cancellationToken);
        }

        return new(BaselineOf(serving, app), AlreadyServing: false, null) { Models = await PlanAsync(order, baseline, cancellationToken) };
    }

    // A release that pins no models keeps those that serve: the app's own template may be that of a candidate which was refused.
    private async Task<ModelPlan?> PlanAsync(RegionOrder order, RevisionState baseline, CancellationToken cancellationToken)
    {
        if (order.Target.Region.Models is not { } slots)
        {
            return null;
        }

        var known = await apps.ReadRevisionAsync(order.Target, RevisionNames.Of(order), cancellationToken);
        return ModelPlanner.Plan(slots, order.Candidate.Pins, baseline.Models, known?.Models is { Count: > 0 } asked ? asked : null);
    }

    // Tags speak of the revision that they name, and of no other that may have come since.
    private static Baseline BaselineOf(string serving, ContainerAppState app) =>
        app.Tag(AppTags.Revision) == serving
            ? new(serving, app.Tag(AppTags.Release), app.Tag(AppTags.Version))
            : new(serving, null);
}

/// <summary>What serves a region.</summary>
/// <param name="Baseline">The revision to go back to.</param>
/// <param name="AlreadyServing">Whether the candidate has all traffic already, from an earlier attempt.</param>
/// <param name="Rejection">Why the region cannot take a rollout; null when it can.</param>
public sealed record BaselineNote(Baseline? Baseline, bool AlreadyServing, string? Rejection)
{
    /// <summary>What the candidate changes of the region's models; null where releases change none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ModelPlan? Models { get; init; }

    internal static BaselineNote Rejected(string reason) => new(null, AlreadyServing: false, reason);
}
