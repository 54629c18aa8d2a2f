using System.Text.Json.Serialization;
using Orchestrator.Core.Problems;
using Orchestrator.Core.Verification;

namespace Orchestrator.Core.Topologies;

/// <summary>How a candidate takes over in a region, and what happens when it does not.</summary>
/// <param name="Traffic">Traffic steps in growing order; promotion to 100 % follows the last one.</param>
/// <param name="Promotion">Who gives the candidate all traffic after the last step.</param>
/// <param name="RollBack">How far a failure reaches, once it is rolled back.</param>
/// <param name="OnFailure">What follows when the candidate is not fit.</param>
/// <param name="OnInconclusive">What follows when there was not enough to tell.</param>
/// <param name="OnError">What follows when it could not be measured, or the cloud did not do as it was told.</param>
/// <param name="Limits">How long each phase may take.</param>
/// <param name="Mirror">How new servers of online endpoints are tried with copies of users' requests first; null where they are not.</param>
public sealed record RolloutPolicy(
    IReadOnlyList<TrafficStep> Traffic,
    Promotion Promotion,
    RollbackScope RollBack,
    FailureAction OnFailure,
    FailureAction OnInconclusive,
    FailureAction OnError,
    PhaseLimits Limits,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] MirrorPolicy? Mirror = null)
{
    /// <summary>10 % for five minutes, 50 % for five minutes, then all; whatever goes wrong rolls the environment back.</summary>
    public static RolloutPolicy Default { get; } = new(
        [new(10, TimeSpan.FromMinutes(5)), new(50, TimeSpan.FromMinutes(5))],
        Promotion.Automatic,
        RollbackScope.Environment,
        FailureAction.RollBack,
        FailureAction.RollBack,
        FailureAction.RollBack,
        PhaseLimits.Default);

    /// <summary>What follows a verdict that is no pass.</summary>
    public FailureAction ActionOn(Verdict verdict) => verdict switch
    {
        Verdict.Fail => OnFailure,
        Verdict.Inconclusive => OnInconclusive,
        _ => OnError,
    };

    /// <summary>This policy with what a release asks beyond it: a release may be more careful than its environment, never less.</summary>
    public RolloutPolicy TightenedBy(RolloutDemand? demand) => demand is null
        ? this
        : this with
        {
            Traffic = [.. Traffic.Select(step => step with { Hold = Durations.Longer(step.Hold, demand.Hold) })],
            Promotion = demand.Promotion == Promotion.Manual ? Promotion.Manual : Promotion,
        };
}

/// <summary>A share of a region's traffic that the candidate holds for a while.</summary>
/// <param name="Weight">Percent, from 1 to 99.</param>
/// <param name="Hold">How long the share is held.</param>
/// <param name="Analysis">Whether the candidate is verified at the end of the hold.</param>
public sealed record TrafficStep(int Weight, [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan Hold, bool Analysis = true);

/// <summary>How long each phase of a region's rollout may take. A phase that takes longer counts as an error, a candidate that is not ready as a failure.</summary>
/// <param name="Ready">From the candidate's deployment until it is ready.</param>
/// <param name="Shift">One change of traffic, retries included.</param>
/// <param name="Verify">One verification, with all looks that an inconclusive one takes.</param>
/// <param name="Measure">Measuring without a result, within a verification: a source that is down says nothing about the release, and is waited for.</param>
/// <param name="RollBack">Giving the baseline its traffic back, retries included.</param>
/// <param name="Decision">Waiting for a person; then the region is rolled back.</param>
/// <param name="Models">Bringing the candidate's models to the region: staging weights, making deployments, loading.</param>
/// <param name="Suite">Running the suite, candidate and baseline.</param>
public sealed record PhaseLimits(
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan Ready,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan Shift,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan Verify,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan Measure,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan RollBack,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan Decision,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan? Models = null,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan? Suite = null)
{
    /// <summary>
    /// Fifteen minutes to get ready, ten for traffic, fifteen for a verification, five without a measurement, an hour to go back, a day for
    /// a person, six hours for models, an hour for the suite.
    /// </summary>
    public static PhaseLimits Default { get; } = new(
        TimeSpan.FromMinutes(15),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(15),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromHours(1),
        TimeSpan.FromDays(1),
        TimeSpan.FromHours(6),
        TimeSpan.FromHours(1));

    /// <summary>How long models may take; what older histories do not say is the default.</summary>
    [JsonIgnore]
    public TimeSpan ForModels => Models ?? Default.Models!.Value;

    /// <summary>How long the suite may take; what older histories do not say is the default.</summary>
    [JsonIgnore]
    public TimeSpan ForSuite => Suite ?? Default.Suite!.Value;
}

/// <summary>Which regions of a rollout go back to their baseline when it is stopped.</summary>
[JsonConverter(typeof(WordJsonConverter<RollbackScope>))]
public enum RollbackScope
{
    /// <summary>Only the regions that failed.</summary>
    Region,

    /// <summary>Every region of the wave that failed.</summary>
    Wave,

    /// <summary>Every region that this rollout has promoted.</summary>
    Environment,
}

/// <summary>What follows a verdict that is no pass.</summary>
[JsonConverter(typeof(WordJsonConverter<FailureAction>))]
public enum FailureAction
{
    /// <summary>The region goes back to its baseline at once.</summary>
    RollBack,

    /// <summary>Everything stays as it is until a person decides, for the limit's time at most.</summary>
    Pause,
}

/// <summary>Who gives a candidate all traffic.</summary>
[JsonConverter(typeof(WordJsonConverter<Promotion>))]
public enum Promotion
{
    /// <summary>The orchestrator, once the last step has been verified.</summary>
    Automatic,

    /// <summary>A person.</summary>
    Manual,
}
