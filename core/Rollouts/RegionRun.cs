using System.Text.Json.Serialization;
using Orchestrator.Core.Names;
using Orchestrator.Core.Verification;

namespace Orchestrator.Core.Rollouts;

/// <summary>What a rollout has done in one region so far. Changes only by its own transitions, which refuse what cannot follow.</summary>
/// <param name="Region">The region.</param>
/// <param name="Step">Where it stands.</param>
/// <param name="Since">When that step began, by the orchestration's clock.</param>
/// <param name="Weight">The candidate's share of the region's traffic, percent.</param>
/// <param name="Verdict">The last verification's verdict; null before the first.</param>
/// <param name="Reason">Why the verdict or the step is what it is, for people.</param>
/// <param name="Candidate">The candidate's revision; set once it is deployed.</param>
/// <param name="Baseline">What served before; set before anything is changed.</param>
/// <param name="Looks">How often the candidate has been compared with it: the more, the surer a verdict has to be.</param>
/// <param name="Detail">How far a step is that takes long, for people; null for the others.</param>
public sealed record RegionRun(
    RegionName Region,
    RegionStep Step,
    DateTimeOffset Since,
    int Weight = 0,
    Verdict? Verdict = null,
    string? Reason = null,
    string? Candidate = null,
    Baseline? Baseline = null,
    int Looks = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Detail = null)
{
    /// <summary>A region that nothing has been done in.</summary>
    public static RegionRun Pending(RegionName region, DateTimeOffset now) => new(region, RegionStep.Pending, now);

    /// <summary>The run at its next step.</summary>
    /// <exception cref="InvalidOperationException">The step cannot follow the present one: a defect in the workflow.</exception>
    public RegionRun MoveTo(RegionStep next, DateTimeOffset now) => Step.CanBecome(next)
        ? this with { Step = next, Since = now, Detail = null }
        : throw new InvalidOperationException($"Region {Region}: a run that is {Step} cannot become {next}.");

    /// <summary>The run with the verdict of a verification. A later pass does not hide an earlier, worse verdict.</summary>
    public RegionRun Judged(VerificationResult result) => Judged(result.Verdict, result.Summary());

    /// <summary>The run with a verdict and the reason for it. A later pass does not hide an earlier, worse verdict.</summary>
    public RegionRun Judged(Verdict verdict, string reason) =>
        Verdict is null || verdict >= Verdict ? this with { Verdict = verdict, Reason = reason } : this;

    /// <summary>The run after a person has decided that it goes on: what was held against the candidate is looked at again.</summary>
    public RegionRun Resumed(string by) => this with { Verdict = null, Reason = $"resumed by {by}" };

    /// <summary>The run with a further reason behind the one it has.</summary>
    public RegionRun Because(string reason) => this with { Reason = Reason is null ? reason : $"{Reason}; {reason}" };
}

/// <summary>What served a region before its rollout.</summary>
/// <param name="Revision">The revision's name.</param>
/// <param name="Release">The release that the region's tags name, when it was put there by a rollout.</param>
/// <param name="Version">The version that it must report, when it was put there by a rollout.</param>
public sealed record Baseline(string Revision, string? Release, string? Version = null);
