using System.Text.Json.Serialization;
using Orchestrator.Core.Names;
using Orchestrator.Core.Plans;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.GitHub;

/// <summary>What GitHub's deployment of a region is to say.</summary>
/// <param name="Target">The region; its text is the name of the GitHub environment.</param>
/// <param name="Repository">The repository.</param>
/// <param name="Commit">The commit that is deployed.</param>
/// <param name="RolloutId">The rollout; it marks the deployment as its own.</param>
/// <param name="Phase">The state.</param>
/// <param name="Description">For people, at most 140 characters.</param>
public sealed record DeploymentReport(
    RegionTarget Target,
    RepositoryName Repository,
    CommitSha Commit,
    string RolloutId,
    DeploymentPhase Phase,
    string Description)
{
    /// <summary>What was planned, where GitHub is to have it; null elsewhere.</summary>
    public PlanNote? Plan { get; init; }

    // GitHub refuses longer ones (REST API, deployment statuses).
    private const int LongestDescription = 140;

    /// <summary>Since when it is so; null in the histories of builds that did not say it.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The report of a run at a step that GitHub has a word for; null at any other.</summary>
    public static DeploymentReport? Of(RegionOrder order, RegionRun run)
    {
        DeploymentPhase? phase = run.Step switch
        {
            RegionStep.Deploying or RegionStep.PreparingModels or RegionStep.Paused or RegionStep.AwaitingPromotion => DeploymentPhase.InProgress,
            RegionStep.Promoted => DeploymentPhase.Success,
            RegionStep.RolledBack => DeploymentPhase.Failure,
            RegionStep.RollbackFailed => DeploymentPhase.Error,
            _ => null,
        };
        if (phase is null)
        {
            return null;
        }

        var key = order.Candidate.Key;
        return new(
            order.Target,
            key.Repository,
            order.Candidate.Commit,
            key.Rollout(order.Target.Stack, order.Target.Environment),
            phase.Value,
            Shorten(Describe(order, run)))
        {
            Plan = order.Plan,
            At = run.Since,
        };
    }

    /// <summary>At most as much of <paramref name="text"/> as GitHub takes.</summary>
    public static string Shorten(string text) => text.Length <= LongestDescription ? text : $"{text[..(LongestDescription - 1)]}…";

    private static string Describe(RegionOrder order, RegionRun run) => run.Step switch
    {
        RegionStep.PreparingModels => $"{order.Candidate.Key.Tag} brings {string.Join(", ", order.Models?.Changes.Select(change => change.ToString()) ?? [])}",
        RegionStep.Deploying => $"{order.Candidate.Key.Tag} is rolled out",
        RegionStep.Paused => $"paused, waits for a person: {run.Reason}",
        RegionStep.AwaitingPromotion => $"{order.Candidate.Key.Tag} has {run.Weight} % of the traffic and waits for a person to promote it",
        RegionStep.Promoted => $"{order.Candidate.Key.Tag} has all traffic: {run.Reason}",
        RegionStep.RolledBack => $"rolled back to {run.Baseline?.Release ?? run.Baseline?.Revision ?? "what served before"}: {run.Reason}",
        _ => $"rollback failed: {run.Reason}",
    };
}

/// <summary>The states of a GitHub deployment that this product uses.</summary>
[JsonConverter(typeof(WordJsonConverter<DeploymentPhase>))]
public enum DeploymentPhase
{
    /// <summary>The region is being changed.</summary>
    InProgress,

    /// <summary>The region runs the release.</summary>
    Success,

    /// <summary>The release is not fit, or was rolled back with one that is not.</summary>
    Failure,

    /// <summary>Somebody has to look.</summary>
    Error,
}
