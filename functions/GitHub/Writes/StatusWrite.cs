using Orchestrator.Core.Plans;

namespace Orchestrator.Functions.GitHub.Writes;

/// <summary>
/// Where a deployment stands. The deployment is made where there is none yet; of several statuses that wait only the newest is
/// written, and one that tells of the end is never given up for one that does not.
/// </summary>
public sealed record StatusWrite : PendingWrite
{
    /// <summary>Whose deployment it is: a rollout, or a release's run.</summary>
    public required string Owner { get; init; }

    /// <summary>The GitHub environment.</summary>
    public required string Environment { get; init; }

    /// <summary>The commit or tag that is deployed.</summary>
    public required string Reference { get; init; }

    /// <summary>What the deployment is, for people.</summary>
    public required string Title { get; init; }

    /// <summary>Whether it is a production environment: there GitHub leaves earlier deployments active.</summary>
    public bool IsProduction { get; init; }

    /// <summary>The state.</summary>
    public required DeploymentPhase Phase { get; init; }

    /// <summary>Why, for people, at most 140 characters.</summary>
    public required string Description { get; init; }

    /// <summary>The plan that the rollout began with, where it is to be shown; null where it is not.</summary>
    public PlanNote? Plan { get; init; }

    /// <summary>Where more can be read.</summary>
    public string? LogUrl { get; init; }

    /// <summary>Where the environment is.</summary>
    public string? EnvironmentUrl { get; init; }

    /// <summary>When it was so: what puts reports into their order, whenever they come.</summary>
    public required DateTimeOffset At { get; init; }

    /// <inheritdoc />
    public override string Key => $"status.{Owner}.{Environment.Replace('/', '.')}";

    /// <inheritdoc />
    public override string About => Environment;

    /// <inheritdoc />
    public override bool IsEnd => Phase != DeploymentPhase.InProgress;

    /// <summary>What has been told once this has.</summary>
    public ToldStatus Told(DateTimeOffset now) => new(At, Phase, Description, now);

    /// <summary>Whether it says more than what has been told.</summary>
    public bool IsNewsAfter(ToldStatus? told) =>
        told is null || ((IsEnd || told.Phase == DeploymentPhase.InProgress) && (At > told.At || (At == told.At && (Phase, Description) != (told.Phase, told.Description))));

    /// <inheritdoc />
    public override PendingWrite OvertakenBy(PendingWrite newer) => newer is StatusWrite status && status.IsNewsAfter(Told(At)) ? base.OvertakenBy(newer) : this;
}

/// <summary>The status of a deployment that GitHub was told last: kept for a while, so that a report which comes late or twice changes nothing.</summary>
/// <param name="At">When it was so.</param>
/// <param name="Phase">The state.</param>
/// <param name="Description">Why.</param>
/// <param name="ToldAt">When GitHub was told.</param>
public sealed record ToldStatus(DateTimeOffset At, DeploymentPhase Phase, string Description, DateTimeOffset ToldAt);
