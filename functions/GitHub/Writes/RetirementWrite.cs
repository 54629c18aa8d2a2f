namespace Orchestrator.Functions.GitHub.Writes;

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
