using Microsoft.Azure.Functions.Worker;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Models;

namespace Orchestrator.Functions.Rollouts.Activities;

/// <summary>Stops the baseline of a region once its whole environment runs the release. It can be activated again while the app keeps it.</summary>
/// <param name="apps">The regions' container apps.</param>
/// <param name="models">Who removes the baseline's models.</param>
public sealed class TidyUp(ContainerApps apps, ModelRetirement models)
{
    /// <summary>Stops the baseline, unless it has traffic again, and removes what nobody asks any longer: each as far as it can be.</summary>
    /// <exception cref="StackUnavailableException">Something is left, as it could not be removed now.</exception>
    /// <exception cref="StackRefusedException">Something is left, as its removal is refused.</exception>
    [Function(nameof(TidyUp))]
    public async Task RunAsync([ActivityTrigger] RestoreOrder order, CancellationToken cancellationToken)
    {
        var target = order.Region.Target;
        var app = await apps.ReadAsync(target, cancellationToken);
        if (app is null || app.WeightOf(order.Baseline.Revision) > 0)
        {
            return;
        }

        // An entry at weight 0 still names the revision, and a stopped revision must not be named.
        await apps.SetTrafficAsync(target, [new(RevisionNames.Of(order.Region), IsLatest: false, 100)], tags: null, cancellationToken);
        var baseline = await apps.ReadRevisionAsync(target, order.Baseline.Revision, cancellationToken);
        var left = new Leftovers();
        if (baseline is { IsActive: true })
        {
            await left.TryAsync(() => apps.DeactivateAsync(target, order.Baseline.Revision, cancellationToken));
        }

        if (baseline is { Models.Count: > 0 } && target.Region.Models is not null)
        {
            // What is asked now is all that is needed: what was left when regions went back goes as well.
            var candidate = await apps.ReadRevisionAsync(target, RevisionNames.Of(order.Region), cancellationToken);
            await left.TryAsync(() => models.RunAsync(target, baseline.Models, candidate?.Models, isReplaced: true, cancellationToken));
            await left.TryAsync(() => models.SweepAsync(target, candidate?.Models, cancellationToken));
        }

        left.Tell();
    }
}
