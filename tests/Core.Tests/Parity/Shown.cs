using Orchestrator.Core.Names;
using Orchestrator.Core.Parity;
using Orchestrator.Core.Suites;

namespace Orchestrator.Core.Tests.Parity;

/// <summary>What stacks have shown on a suite, and what is demanded of that.</summary>
internal static class Shown
{
    public static readonly StackName Us = Identifier.Parse<StackName>("us-closed");
    public static readonly StackName China = Identifier.Parse<StackName>("china-open");
    public static readonly StackName Europe = Identifier.Parse<StackName>("eu-closed");
    public static readonly DateOnly Today = new(2026, 11, 27);

    private static readonly Sha256Digest Suite = Sha256Digest.Of("the suite"u8);

    /// <summary>Ten cases of a category, each tried ten times; so many of the hundred tries passed, as evenly as can be.</summary>
    public static IEnumerable<CaseScore> Cases(string category, int passed, double latency = 400, int cases = 10) => Enumerable.Range(0, cases)
        .Select(number => new CaseScore($"{category}-{number}", category, (passed / cases) + (number < passed % cases ? 1 : 0), 10, 0, LatencyMs: latency));

    public static StackResult By(StackName stack, params IEnumerable<CaseScore>[] cases) => By(stack, Suite, cases);

    public static StackResult By(StackName stack, Sha256Digest suite, params IEnumerable<CaseScore>[] cases) =>
        new(stack, Identifier.Parse<ReleaseTag>("v1.1.0"), "a-model", DateTimeOffset.UnixEpoch, new("default", suite, [.. cases.SelectMany(some => some)]));

    public static ParityReport Judged(this ParityDemand demand, params StackResult[] results) => demand.Judged([], results);

    public static ParityReport Judged(this ParityDemand demand, IReadOnlyList<(StackName Stack, string Why)> missing, params StackResult[] results) =>
        ParityJudge.Judge(demand, results.ToDictionary(result => result.Stack), missing.ToDictionary(one => one.Stack, one => one.Why), Today);

    public static ParityDemand Demand(double overall = 1, double? latency = null, int least = 3, params (string Category, double Bound)[] categories) =>
        new(overall, categories.ToDictionary(one => one.Category, one => one.Bound), latency, least, []);

    public static ParityDemand Accepting(this ParityDemand demand, string category, DateOnly until) =>
        demand with { Exceptions = [.. demand.Exceptions, new(category, until, "the Chinese cases are being rewritten", "quality board")] };

    public static ParityLine Line(this ParityReport report, string name) => report.Lines.Single(line => line.Name == name);
}
