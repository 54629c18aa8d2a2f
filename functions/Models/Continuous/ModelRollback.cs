using Microsoft.DurableTask.Client;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Lanes;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.Models.Continuous;

/// <summary>
/// Goes back to the release before, as a person does with <c>rollBack</c>: in all of the environment's regions, and then only people's
/// own rollouts enter its lane until a person opens it. Once for each promotion, however many regions ask for it.
/// </summary>
/// <param name="starter">Who starts runs.</param>
/// <param name="lanes">The lanes.</param>
/// <param name="looks">Which rollbacks have been begun.</param>
/// <param name="settings">The repository.</param>
/// <param name="time">The clock.</param>
public sealed class ModelRollback(ReleaseStarter starter, LaneStore lanes, ModelLookStore looks, OrchestratorSettings settings, TimeProvider time)
{
    /// <summary>In whose name it is begun.</summary>
    public const string By = "orchestrator";

    /// <summary>Begins it, or says why not.</summary>
    /// <param name="client">Where runs are.</param>
    /// <param name="target">The region that something was found in.</param>
    /// <param name="promoted">The release that was promoted there.</param>
    /// <param name="since">When.</param>
    /// <param name="why">What was found.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RollbackAnswer> BeginAsync(DurableTaskClient client, RegionTarget target, ReleaseTag promoted, DateTimeOffset since, string why, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (await looks.RollbackAsync(target, cancellationToken) is { } begun && begun.From == promoted && begun.At >= since)
        {
            return new(begun.Run, $"goes back to {begun.To}");
        }

        if ((await lanes.ReadAsync(target.Stack, target.Environment, cancellationToken)).Running is { } running)
        {
            return new(null, $"is not gone back from: {running.Tag} has the lane");
        }

        var (earlier, whyNot) = await EarlierAsync(client, target, promoted, cancellationToken);
        if (earlier is null)
        {
            return new(null, $"is not gone back from: {whyNot}");
        }

        if (await lanes.BadAsync(earlier, cancellationToken) is not null)
        {
            return new(null, $"is not gone back from: {earlier}, which was there before, has been marked bad");
        }

        var scope = new ReleaseScope(target.Stack, target.Environment, IsRollback: true, $"the models of {promoted} are not what was promoted in {target}: {why}", By);
        var run = await starter.StartAgainAsync(client, settings.Topology.Repository, earlier, scope, cancellationToken);
        await looks.KeepAsync(target, new RollbackNote(promoted, earlier, time.GetUtcNow(), run), cancellationToken);
        return new(run, $"goes back to {earlier}");
    }

    // What the region ran before the last attempt that brought the release. A rollback is not rolled back.
    private async Task<(ReleaseTag? Earlier, string? WhyNot)> EarlierAsync(DurableTaskClient client, RegionTarget target, ReleaseTag promoted, CancellationToken cancellationToken)
    {
        var next = await starter.NextAsync(client, settings.Topology.Repository, promoted, cancellationToken);
        for (var attempt = next.Attempt - 1; attempt >= ReleaseKey.OfPrerelease; attempt--)
        {
            var id = (next with { Attempt = attempt }).Rollout(target.Stack, target.Environment);
            if (await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken) is not { RuntimeStatus: OrchestrationRuntimeStatus.Completed } rollout
                || rollout.ReadOutputAs<EnvironmentRun>()!.Regions.FirstOrDefault(run => run.Region == target.Region.Name) is not { Step: RegionStep.Promoted, Baseline.Release: { } before }
                || before == promoted.Value)
            {
                continue;
            }

            return rollout.ReadInputAs<RolloutOrder>()!.Candidate.IsRollback
                ? (null, $"{promoted} was itself gone back to, and a rollback is not rolled back")
                : (ReleaseTag.From(before), $"expected a release before {promoted} to go back to, found '{before}'");
        }

        return (null, $"expected a release before {promoted} to go back to, found none");
    }
}

/// <summary>What becomes of the wish to go back.</summary>
/// <param name="Run">The run that goes back; null when nothing does.</param>
/// <param name="Detail">What is done, or why nothing is, to follow the release's tag.</param>
public sealed record RollbackAnswer(string? Run, string Detail);
