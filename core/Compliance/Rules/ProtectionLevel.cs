using Orchestrator.Core.Configurations;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Compliance.Rules;

/// <summary>A production service in China has its level of protection on file.</summary>
internal static class ProtectionLevel
{
    public static ComplianceRule Rule { get; } = new(
        "CN-MLPS-01",
        "Networks in China are graded, and level 2 and up are filed with the police.",
        "Multi-Level Protection Scheme (MLPS 2.0)",
        new(2019, 12, 1),
        new(2027, 6, 30),
        LeavesRoom: true,
        Check);

    private static IEnumerable<Problem> Check(ComplianceCase stack) =>
        stack.Stack.Compliance is { Market: Market.China, ProtectionLevel: null } declared && stack.Stack.Environments.Any(environment => environment.IsProduction)
            ? [new($"{declared.Path}.protection", "expected the level of protection and its certificate, because there is a production environment; found nothing")]
            : [];
}
