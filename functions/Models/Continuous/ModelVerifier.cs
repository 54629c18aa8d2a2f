using Microsoft.DurableTask.Client;
using Orchestrator.Core.Lanes;
using Orchestrator.Core.Names;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Watch;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Lanes;
using Orchestrator.Functions.Settings;
using Orchestrator.Functions.Watch;

namespace Orchestrator.Functions.Models.Continuous;

/// <summary>
/// Looks at the models of regions whose environments ask for it, records what is found, and goes back where policy says so. A rollout
/// under way is the master of its regions: they are left alone until it has ended.
/// </summary>
/// <param name="settings">The stacks.</param>
/// <param name="watch">Who looks.</param>
/// <param name="looks">What looks have shown.</param>
/// <param name="findings">What has been found.</param>
/// <param name="lanes">The lanes.</param>
/// <param name="rollback">Who goes back.</param>
/// <param name="time">The clock.</param>
public sealed class ModelVerifier(OrchestratorSettings settings, ModelWatch watch, ModelLookStore looks, FindingStore findings, LaneStore lanes, ModelRollback rollback, TimeProvider time)
{
    // As many as are looked at side by side: then a tick takes no longer than one look, far less than a function may.
    private const int MostRegions = 8;

    /// <summary>Looks at the regions whose last look is older than their policy says, oldest first.</summary>
    public async Task<ModelVerification> TickAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        await ForgetAsync(cancellationToken);
        var now = time.GetUtcNow();
        return await LookAsync(client, (place, last) => last is null || now - last >= place.Environment.Continuous!.Every, cancellationToken);
    }

    /// <summary>Looks now at the regions that are meant, those whose last look is oldest first.</summary>
    public Task<ModelVerification> LookNowAsync(DurableTaskClient client, Func<RegionTarget, bool> isMeant, CancellationToken cancellationToken) =>
        LookAsync(client, (place, _) => isMeant(place.Target), cancellationToken);

    /// <summary>The regions whose environments have their models verified.</summary>
    public IEnumerable<RegionTarget> Regions => Places().Where(place => place.Environment.Continuous is not null).Select(place => place.Target);

    private async Task<ModelVerification> LookAsync(DurableTaskClient client, Func<Place, DateTimeOffset?, bool> isDue, CancellationToken cancellationToken)
    {
        if (!Regions.Any())
        {
            return new([], [], 0);
        }

        var last = (await looks.AllAsync(cancellationToken)).ToDictionary(look => (look.Stack, look.Environment, look.Region), look => look.At);
        DateTimeOffset? LastOf(Place place) => last.TryGetValue((place.Target.Stack, place.Target.Environment, place.Target.Region.Name), out var at) ? at : null;
        var due = Places().Where(place => place.Environment.Continuous is not null && isDue(place, LastOf(place))).OrderBy(place => LastOf(place) ?? DateTimeOffset.MinValue).ToArray();
        var leftAlone = new List<string>();
        var free = new List<Place>();
        foreach (var environment in due.GroupBy(place => (place.Target.Stack, place.Target.Environment)))
        {
            var running = (await lanes.ReadAsync(environment.Key.Stack, environment.Key.Environment, cancellationToken)).Running;
            leftAlone.AddRange(running is null ? [] : environment.Select(place => Under(place, running)));
            free.AddRange(running is null ? environment : []);
        }

        Place[] taken = [.. free.OrderBy(place => LastOf(place) ?? DateTimeOffset.MinValue).Take(MostRegions)];
        var seen = await Task.WhenAll(taken.Select(async place => (Place: place, Look: await watch.LookAsync(place.Target, place.Environment, cancellationToken))));
        var views = new List<RegionModelsView>();
        foreach (var (place, look) in seen)
        {
            // Of a region that a rollout has been begun in meanwhile something was seen before it, something after.
            if ((await lanes.ReadAsync(place.Target.Stack, place.Target.Environment, cancellationToken)).Running is { } running && running.AskedBy != ModelRollback.By)
            {
                leftAlone.Add(Under(place, running));
                continue;
            }

            views.Add(await RecordAsync(client, place, look, cancellationToken));
        }

        return new(views, leftAlone, free.Count - taken.Length);
    }

    private async Task<RegionModelsView> RecordAsync(DurableTaskClient client, Place place, RegionModelLook look, CancellationToken cancellationToken)
    {
        var target = place.Target;
        if (look.Release is not null && await looks.LastAsync(target, cancellationToken) is { } before && (before.Since, before.Release) != (look.Since, look.Release))
        {
            // What was found was about another promotion.
            await findings.RecordModelsAsync(target, null, cancellationToken);
        }

        var found = look.Found();
        var finding = found is not null || look.IsKnown ? await findings.RecordModelsAsync(target, found, cancellationToken) : (await findings.AllAsync(cancellationToken)).OfModels(target);
        if (found is not null && finding is { RepairRun: null } && look.IsGrave)
        {
            (look, finding) = await GoBackAsync(client, place, look, finding, cancellationToken);
        }

        await looks.KeepAsync(target, look, cancellationToken);
        return RegionModelsView.Of(target, look, finding);
    }

    private static string WhyNot(ContinuousPolicy? policy, RegionModelLook look) => look switch
    {
        { Release: null } => "no release was promoted there that could be gone back from",
        _ when policy?.RollBackWithin is null => $"{look.Release} is not gone back from: the policy has no rollBackWithin",
        { Since: null } => $"{look.Release} is not gone back from: the region does not say when it was promoted",
        _ => $"{look.Release} is not gone back from: it was not promoted within the time that policy says",
    };

    private async Task<(RegionModelLook Look, Finding Finding)> GoBackAsync(DurableTaskClient client, Place place, RegionModelLook look, Finding finding, CancellationToken cancellationToken)
    {
        if (place.Environment.Continuous?.RollBackWithin is not { } window
            || look is not { Release: { } release, Since: { } since }
            || ReleaseTag.From(release) is not { } promoted
            || time.GetUtcNow() - since > window)
        {
            return (look with { RollBack = WhyNot(place.Environment.Continuous, look) }, finding);
        }

        var answer = await rollback.BeginAsync(client, place.Target, promoted, since, finding.Detail, cancellationToken);
        look = look with { RollBack = $"{promoted} {answer.Detail}" };
        return answer.Run is null ? (look, finding) : (look, await findings.NoteModelRepairAsync(place.Target, finding with { RepairRun = answer.Run }, cancellationToken));
    }

    // Where nobody looks any more, what was found would stand for ever.
    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var known = await findings.AllAsync(cancellationToken);
        foreach (var place in Places().Where(place => place.Environment.Continuous is null && known.OfModels(place.Target) is not null))
        {
            await findings.RecordModelsAsync(place.Target, null, cancellationToken);
        }
    }

    private IEnumerable<Place> Places() =>
        from stack in settings.Topology.Stacks
        from environment in stack.Environments
        from region in environment.Regions
        select new Place(environment, new(stack.Name, environment.Name, region));

    private static string Under(Place place, LaneTicket running) => $"{place.Target}: {running.Tag} has the lane";

    private sealed record Place(EnvironmentDefinition Environment, RegionTarget Target);
}
