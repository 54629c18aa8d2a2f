using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Compliance.Rules;

/// <summary>Every region lies within the declared boundary.</summary>
internal static class Residency
{
    public static ComplianceRule Rule { get; } = new(
        "GEN-RES-01",
        "Data stays where the stack's owners have declared that it stays.",
        "the stack's own declaration; for China also CN-DATA-01 and the Cybersecurity Law",
        new(2023, 1, 1),
        new(2027, 6, 30),
        LeavesRoom: false,
        Check);

    private static IEnumerable<Problem> Check(ComplianceCase stack)
    {
        var boundary = stack.Stack.Compliance.Residency;
        return stack.Stack.Places
            .Where(place => !boundary.Contains(place.Name))
            .Select(place => new Problem(place.Path, $"expected one of the stack's residency regions {string.Join(", ", boundary)}, found '{place.Name}'"));
    }
}
