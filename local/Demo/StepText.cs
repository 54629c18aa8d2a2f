using System.Text.RegularExpressions;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Verification;

namespace Orchestrator.Local.Demo;

/// <summary>Steps and verdicts as people read them.</summary>
internal static partial class StepText
{
    public static string Of(RegionStep step) => WordStart().Replace(step.ToString(), " $0").Trim().ToLowerInvariant();

    public static string Of(RunPhase phase) => WordStart().Replace(phase.ToString(), " $0").Trim().ToLowerInvariant();

    public static string Colour(RegionStep step) => step switch
    {
        RegionStep.Promoted => "green",
        RegionStep.RolledBack or RegionStep.RollingBack => "yellow",
        RegionStep.RollbackFailed => "red",
        RegionStep.Pending or RegionStep.Skipped => "grey",
        _ => "aqua",
    };

    public static string Colour(Verdict? verdict) => verdict switch
    {
        Verdict.Pass => "green",
        Verdict.Fail => "red",
        null => "grey",
        _ => "yellow",
    };

    [GeneratedRegex("[A-Z]")]
    private static partial Regex WordStart();
}
