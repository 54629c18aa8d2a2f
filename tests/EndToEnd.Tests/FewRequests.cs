using Orchestrator.Core.Analysis;
using Orchestrator.Core.Topologies;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>
/// Stacks whose candidates are asked as often as one look needs to see any fault, for tests of what follows from a verdict: what
/// the stacks' own numbers of requests tell is shown where verdicts are tested, and the demo sends all of them.
/// </summary>
internal static class FewRequests
{
    // A workload that fails does so three times in ten.
    private const int Count = 10;

    // So few tell nothing finer, and a second look would cost what was saved.
    private const double Regression = 0.9;

    public static Topology Of(Topology topology) => topology with
    {
        Stacks = [.. topology.Stacks.Select(stack => stack with { Environments = [.. stack.Environments.Select(Of)] })],
    };

    private static EnvironmentDefinition Of(EnvironmentDefinition environment) => environment with
    {
        Verification = environment.Verification with { Requests = Count },
        Analysis = environment.Analysis with { Metrics = [.. environment.Analysis.Metrics.Select(Of)] },
    };

    private static MetricPolicy Of(MetricPolicy metric) => metric with { Minimum = Count, Regression = Math.Max(metric.Regression, Regression) };
}
