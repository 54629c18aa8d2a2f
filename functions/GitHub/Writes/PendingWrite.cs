using System.Text.Json.Serialization;
using Orchestrator.Core.Names;
using Orchestrator.Functions.Parity;

namespace Orchestrator.Functions.GitHub.Writes;

/// <summary>Something that is to be written to GitHub as soon as GitHub takes it.</summary>
[JsonDerivedType(typeof(StatusWrite), "status")]
[JsonDerivedType(typeof(RetirementWrite), "retirement")]
[JsonDerivedType(typeof(SummaryWrite), "summary")]
[JsonDerivedType(typeof(CommentWrite), "comment")]
[JsonDerivedType(typeof(ScoreWrite), "scores")]
[JsonDerivedType(typeof(ParityWrite), "parity")]
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
