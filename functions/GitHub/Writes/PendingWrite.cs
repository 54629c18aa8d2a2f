using System.Text.Json.Serialization;
using Orchestrator.Core.Names;
using Orchestrator.Core.Plans;

namespace Orchestrator.Functions.GitHub.Writes;

/// <summary>Something that is to be written to GitHub as soon as GitHub takes it.</summary>
[JsonDerivedType(typeof(StatusWrite), "status")]
[JsonDerivedType(typeof(RetirementWrite), "retirement")]
[JsonDerivedType(typeof(SummaryWrite), "summary")]
public abstract record PendingWrite
{
    private const int MostDoublings = 6;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);

    /// <summary>The repository.</summary>
    public required RepositoryName Repository { get; init; }

    /// <summary>Since when it waits.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>How many times GitHub has refused it.</summary>
    public int Refusals { get; init; }

    /// <summary>It is not tried before, because GitHub has refused it; null when it has not.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Its key in the store: what is written to the same place waits under the same key.</summary>
    [JsonIgnore]
    public abstract string Key { get; }

    /// <summary>What it is about, for people.</summary>
    [JsonIgnore]
    public abstract string About { get; }

    /// <summary>Whether it tells how something ended: that goes before everything else.</summary>
    [JsonIgnore]
    public virtual bool IsEnd => false;

    /// <summary>How long it is tried when GitHub refuses it.</summary>
    [JsonIgnore]
    public virtual TimeSpan Patience => TimeSpan.FromDays(1);

    /// <summary>What waits once <paramref name="newer"/> has come for the same place.</summary>
    public virtual PendingWrite OvertakenBy(PendingWrite newer)
    {
        ArgumentNullException.ThrowIfNull(newer);
        return newer with { Since = Since, Refusals = Refusals, NotBefore = NotBefore };
    }

    /// <summary>What waits after GitHub has refused it: tried again later and later, as somebody may have to grant a right first. Null when that is over.</summary>
    public PendingWrite? Refused(DateTimeOffset now) => now - Since >= Patience
        ? null
        : this with { Refusals = Refusals + 1, NotBefore = now + (FirstWait * Math.Pow(2, Math.Min(Refusals, MostDoublings))) };
}

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

/// <summary>Earlier deployments of a production environment are no longer active. GitHub sees to that itself in all others.</summary>
public sealed record RetirementWrite : PendingWrite
{
    /// <summary>The GitHub environment.</summary>
    public required string Environment { get; init; }

    /// <summary>The deployment that has taken over: those before it are meant.</summary>
    public required long Successor { get; init; }

    /// <summary>What has taken over, for people.</summary>
    public required string Title { get; init; }

    /// <inheritdoc />
    public override string Key => $"retirement.{Environment.Replace('/', '.')}";

    /// <inheritdoc />
    public override string About => $"earlier deployments of {Environment}";

    /// <inheritdoc />
    public override PendingWrite OvertakenBy(PendingWrite newer) => newer is RetirementWrite retirement && retirement.Successor > Successor ? base.OvertakenBy(newer) : this;
}

/// <summary>How a release's run ended, written onto the release: a section for each stack.</summary>
public sealed record SummaryWrite : PendingWrite
{
    /// <summary>The release's run.</summary>
    public required string Run { get; init; }

    /// <summary>The release.</summary>
    public required ReleaseTag Tag { get; init; }

    /// <summary>What is said of each stack.</summary>
    public required IReadOnlyDictionary<StackName, string> Sections { get; init; }

    /// <inheritdoc />
    public override string Key => $"summary.{Run}";

    /// <inheritdoc />
    public override string About => "summaries on releases";

    /// <inheritdoc />
    public override TimeSpan Patience => TimeSpan.Zero;
}
