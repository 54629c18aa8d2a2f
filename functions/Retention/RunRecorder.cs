using Microsoft.DurableTask.Client;
using Orchestrator.Functions.Approvals;
using Orchestrator.Functions.Decisions;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Retention;

/// <summary>Writes the records of ended runs, from what their durable instances hold and what people have said of them.</summary>
/// <param name="archive">Where they are written.</param>
/// <param name="views">Who knows release runs.</param>
/// <param name="decisions">What people have decided.</param>
/// <param name="approvals">What people have said of plans.</param>
/// <param name="time">The clock.</param>
public sealed class RunRecorder(RunArchive archive, ReleaseViews views, DecisionStore decisions, ApprovalStore approvals, TimeProvider time)
{
    // Texts of people and of clouds; a record has to stay small.
    private const int LongestText = 200;
    private const int MostTold = 10;

    /// <summary>Records a release's run and its rollouts; what has been recorded stays as it is. They are on disk when this returns.</summary>
    internal async Task RecordAsync(DurableTaskClient client, string release, ReleaseRequest request, IReadOnlyList<string> rollouts, CancellationToken cancellationToken)
    {
        foreach (var rollout in rollouts)
        {
            if (await archive.FindRolloutAsync(rollout, cancellationToken) is null)
            {
                await archive.AddAsync(await RecordsAsync(client, rollout, cancellationToken), cancellationToken);
            }
        }

        if (await archive.FindReleaseAsync(release, cancellationToken) is null)
        {
            var view = (await views.FindAsync(client, release, cancellationToken))!;
            var scoped = request.Scope is { } scope ? request with { Scope = scope with { Why = Short(scope.Why)! } } : request;

            // In the order in which they are shown, and then what the topology does not name any longer.
            string[] all = [.. view.Rollouts.Select(one => one.Rollout.Id).Union(rollouts)];
            await archive.AddAsync(new ArchivedRelease(release, scoped, view.Phase, Short(view.Reason), view.StartedAt, view.UpdatedAt, all, time.GetUtcNow()), cancellationToken);
        }
    }

    private async Task<RolloutRecords> RecordsAsync(DurableTaskClient client, string rollout, CancellationToken cancellationToken)
    {
        var order = await RolloutViews.OrderAsync(client, rollout, cancellationToken);
        var view = (await RolloutViews.RolloutAsync(client, rollout, cancellationToken))!;
        var history = (await RolloutEvents.ReadAsync(client, rollout, time.GetUtcNow(), cancellationToken))!;
        var decided = await decisions.ReadAsync(rollout, cancellationToken);
        var said = await approvals.ReadAsync(order.Stack, order.Environment.Name, order.Candidate.Key.Tag, cancellationToken);
        var summary = view.Rollout with { Reason = Short(view.Rollout.Reason), ArchivedAt = time.GetUtcNow() };
        return new(
            new(summary, RecordedCandidate.Of(order.Candidate), history.Times.WaitingForPeople),
            [.. view.Waves.SelectMany(wave => wave.Regions.Select(run => new ArchivedRegion(wave.Wave, run with { Reason = Short(run.Reason) })))],
            [.. decided.Select(one => one with { Why = Short(one.Why), Told = [.. one.Told.Take(MostTold).Select(told => Short(told)!)] })],
            [.. said.Where(one => one.At <= view.Rollout.UpdatedAt).Select(one => one with { Why = Short(one.Why) })]);
    }

    private static string? Short(string? text) => text is { Length: > LongestText } ? $"{text[..(LongestText - 1)]}…" : text;
}
