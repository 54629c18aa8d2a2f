using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Suites;

/// <summary>Reads what a candidate's models must show. What is left out has its default.</summary>
internal static class GateReader
{
    private const double LeastConfidence = 0.51;
    private const double MostConfidence = 0.9999;
    private const int MostCases = 10_000;
    private const int MostParallel = 256;

    public static GatePolicy? Read(JsonObjectReader? policy)
    {
        if (policy is null)
        {
            return null;
        }

        var standard = GatePolicy.Default;
        var result = new GatePolicy(
            policy.Word<GateTrigger>("when") ?? standard.When,
            policy.Share("margin") ?? standard.Margin,
            policy.Number("confidence", LeastConfidence, MostConfidence, $"a confidence from {LeastConfidence} to {MostConfidence}") ?? standard.Confidence,
            policy.Whole("minCases", 1, MostCases) ?? standard.MinCases,
            policy.Share("minScore") ?? standard.MinScore,
            policy.Whole("parallel", 1, MostParallel) ?? standard.Parallel);
        policy.RefuseUnknown();
        return result;
    }
}
