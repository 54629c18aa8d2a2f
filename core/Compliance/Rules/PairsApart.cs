using Orchestrator.Core.Configurations;
using Orchestrator.Core.Problems;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Core.Compliance.Rules;

/// <summary>No wave of a production environment holds both regions of a pair.</summary>
internal static class PairsApart
{
    public static ComplianceRule Rule { get; } = new(
        "GEN-PAIR-01",
        "Both regions of a pair in one wave would leave their users nowhere to go.",
        "Azure's own safe deployment practice: never both regions of a pair at once",
        new(2023, 1, 1),
        new(2027, 6, 30),
        LeavesRoom: true,
        Check);

    private static IEnumerable<Problem> Check(ComplianceCase stack) =>
        from environment in stack.Stack.Environments
        where environment.IsProduction
        from wave in environment.Waves
        from pair in Pairs(wave.Regions)
        select new Problem($"{pair.Second.Path}.name", $"expected '{pair.Second.Name}' in another wave than its pair '{pair.First.Name}', found both in '{wave.Name}'");

    private static IEnumerable<(RegionConfiguration First, RegionConfiguration Second)> Pairs(IReadOnlyList<RegionConfiguration> regions) =>
        regions.SelectMany((first, index) => regions.Skip(index + 1).Where(second => RegionPairs.Are(first.Name, second.Name)).Select(second => (first, second)));
}
