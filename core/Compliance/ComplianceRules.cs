using Orchestrator.Core.Compliance.Rules;
using Orchestrator.Core.Configurations;

namespace Orchestrator.Core.Compliance;

/// <summary>All rules, in the order in which their findings are told.</summary>
public static class ComplianceRules
{
    /// <summary>The rules.</summary>
    public static IReadOnlyList<ComplianceRule> All { get; } =
    [
        OneCloud.Rule,
        Residency.Rule,
        NothingShared.Rule,
        PairsApart.Rule,
        PinnedModels.Rule,
        ClosedModels.Rule,
        Ownership.Rule,
        Ascend.Rule,
        ControlledAccelerators.Rule,
        PublicServiceFiling.Rule,
        ProtectionLevel.Rule,
    ];

    /// <summary>Everything that is wrong with a stack, errors and warnings.</summary>
    public static IReadOnlyList<ComplianceFinding> Check(ComplianceCase stack)
    {
        ArgumentNullException.ThrowIfNull(stack);
        return [.. All.Where(rule => rule.EffectiveFrom <= stack.Today).SelectMany(rule => Findings(rule, stack))];
    }

    private static IEnumerable<ComplianceFinding> Findings(ComplianceRule rule, ComplianceCase stack)
    {
        var level = rule.LeavesRoom ? stack.Stack.Compliance.Levels.GetValueOrDefault(rule.Id, ComplianceLevel.Error) : ComplianceLevel.Error;
        var findings = rule.Check(stack).Select(problem => new ComplianceFinding(rule, level, problem.Path, problem.Message));
        return rule.ReviewBy < stack.Today
            ? findings.Append(new(rule, ComplianceLevel.Warn, stack.Stack.Compliance.Path, $"expected a review of rule {rule.Id} by {rule.ReviewBy:yyyy-MM-dd}, found none since"))
            : findings;
    }
}
