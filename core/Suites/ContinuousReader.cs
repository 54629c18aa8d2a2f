using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Suites;

/// <summary>Reads how models are verified after their promotion. What is left out has its default.</summary>
internal static class ContinuousReader
{
    // With fewer cases even a model that fails most of them may be worse by chance.
    private const int FewestCases = 5;

    public static ContinuousPolicy? Read(JsonObjectReader? policy)
    {
        if (policy is null)
        {
            return null;
        }

        var result = new ContinuousPolicy(
            policy.Duration("every") ?? ContinuousPolicy.Default.Every,
            policy.Duration("rollBackWithin"),
            policy.Whole("cases", FewestCases, Suite.MostCases));
        if (result.Every < ContinuousPolicy.Least)
        {
            policy.Report("every", $"expected at least {DurationText.Format(ContinuousPolicy.Least)}, found {DurationText.Format(result.Every)}");
        }

        policy.RefuseUnknown();
        return result;
    }
}
