using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Compliance.Rules;

/// <summary>Every region belongs to the stack's cloud.</summary>
internal static class OneCloud
{
    private const string ChinaPrefix = "china";

    public static ComplianceRule Rule { get; } = new(
        "GEN-CLOUD-01",
        "A stack lives in one cloud: no identity and no network reaches from one into the other.",
        "Azure China regions (docs.azure.cn) and Azure.ResourceManager's environments",
        new(2023, 1, 1),
        new(2027, 6, 30),
        LeavesRoom: false,
        Check);

    private static IEnumerable<Problem> Check(ComplianceCase stack)
    {
        var china = stack.Stack.IsInChina;
        return stack.Stack.Places
            .Where(place => place.Name.Value.StartsWith(ChinaPrefix, StringComparison.Ordinal) != china)
            .Select(place => new Problem(place.Path, $"expected a region of {stack.Stack.Cloud.Name}, found '{place.Name}'"));
    }
}
