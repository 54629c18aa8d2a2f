using Orchestrator.Core.Configurations;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Compliance;

/// <summary>A rule that a stack's configuration must keep. Rules change within months, so each says until when it was looked at.</summary>
/// <param name="Id">The rule's id.</param>
/// <param name="Reason">Why it is there, in one sentence.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="EffectiveFrom">The first day that it applies.</param>
/// <param name="ReviewBy">The day by which somebody has to look whether it still says what the regime says.</param>
/// <param name="LeavesRoom">Whether the regime leaves room, so that a stack may have it warn.</param>
/// <param name="Check">What is wrong, each with its path.</param>
public sealed record ComplianceRule(
    string Id,
    string Reason,
    string Source,
    DateOnly EffectiveFrom,
    DateOnly ReviewBy,
    bool LeavesRoom,
    Func<ComplianceCase, IEnumerable<Problem>> Check);

/// <summary>What a rule looks at.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Others">The other stacks of the same product, as far as they are known here.</param>
/// <param name="Today">The day.</param>
public sealed record ComplianceCase(StackConfiguration Stack, IReadOnlyList<StackConfiguration> Others, DateOnly Today);

/// <summary>A rule that is broken, or due for review.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Level">Whether it refuses or warns.</param>
/// <param name="Path">Where in the configuration.</param>
/// <param name="Message">What was expected and what was found.</param>
public sealed record ComplianceFinding(ComplianceRule Rule, ComplianceLevel Level, string Path, string Message)
{
    /// <summary>All of it in one line.</summary>
    public override string ToString() => $"{Path}: {Message} [{Rule.Id}: {Rule.Reason} Source: {Rule.Source}]";
}
