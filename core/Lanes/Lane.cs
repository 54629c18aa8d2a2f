using Orchestrator.Core.Names;

namespace Orchestrator.Core.Lanes;

/// <summary>The queue of one environment: at most one rollout at a time.</summary>
/// <param name="Running">The rollout that has the lane; null when it is free.</param>
/// <param name="Queue">Those that wait, the next one first.</param>
/// <param name="Promoted">What runs in the environment, as far as rollouts have put it there; null before the first.</param>
/// <param name="Halted">Why nothing may enter until a person says so; null when the lane is open.</param>
/// <param name="Superseded">Those that a newer release has taken the place of, so that each learns of it; the last twenty.</param>
/// <param name="Held">Why only a person's own rollouts may enter, after a person has taken something back; null when all may.</param>
public sealed record Lane(
    LaneTicket? Running,
    IReadOnlyList<LaneTicket> Queue,
    PromotedRelease? Promoted,
    string? Halted,
    IReadOnlyList<SupersededRollout> Superseded,
    string? Held = null)
{
    /// <summary>A lane that nobody has been in.</summary>
    public static Lane Empty { get; } = new(null, [], null, null, []);
}

/// <summary>A rollout's place in a lane.</summary>
/// <param name="Rollout">The rollout's id.</param>
/// <param name="Tag">The release's tag.</param>
/// <param name="Version">The release's version.</param>
/// <param name="IsRollback">Whether a person has asked to go back to this release: then it may be older than what runs.</param>
/// <param name="Since">When it came.</param>
/// <param name="AskedBy">The person who asked for it; null when automation did.</param>
/// <param name="IsFrozen">Whether a freeze held it when it last asked: then nobody stands behind it.</param>
/// <param name="Manifest">The digest of the release's manifest; null when not known.</param>
public sealed record LaneTicket(
    string Rollout,
    ReleaseTag Tag,
    string Version,
    bool IsRollback,
    DateTimeOffset Since,
    string? AskedBy = null,
    bool IsFrozen = false,
    Sha256Digest? Manifest = null)
{
    /// <summary>Whether a person goes back with it: what repairs drift goes back too, but not in a hurry.</summary>
    public bool IsWayBack => IsRollback && AskedBy is not null;
}

/// <summary>The release that an environment runs.</summary>
/// <param name="Tag">Its tag.</param>
/// <param name="Version">Its version.</param>
/// <param name="Since">Since when.</param>
/// <param name="Manifest">The digest of its manifest; null when not known.</param>
public sealed record PromotedRelease(ReleaseTag Tag, string Version, DateTimeOffset Since, Sha256Digest? Manifest = null)
{
    /// <summary>Whether it is just what a rollout would put there: a release may have got another manifest since.</summary>
    public bool IsWhatBrings(LaneTicket ticket)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        return Tag == ticket.Tag && Manifest is not null && Manifest == ticket.Manifest;
    }
}

/// <summary>A rollout that a newer release has taken the place of.</summary>
/// <param name="Rollout">The rollout's id.</param>
/// <param name="By">The newer release's tag.</param>
public sealed record SupersededRollout(string Rollout, ReleaseTag By);
