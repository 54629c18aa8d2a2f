using CsCheck;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.GitHub.Writes;

namespace Orchestrator.Functions.Tests.GitHub;

public sealed class ReleaseSummaryTests
{
    private static readonly DateTimeOffset Begun = new(2026, 11, 27, 12, 0, 1, TimeSpan.Zero);
    private static readonly StackName Us = Identifier.Parse<StackName>("us-closed");
    private static readonly StackName China = Identifier.Parse<StackName>("china-open");

    [Fact]
    public void A_stack_is_a_table_with_times_to_the_second()
    {
        var region = RegionRun.Pending(Identifier.Parse<RegionName>("eastus2"), Begun.AddMinutes(2));
        var stack = StackRun.Of(Us,
        [
            new(Identifier.Parse<EnvironmentName>("staging"), RunPhase.Succeeded, null, null, [region]),
            new(Identifier.Parse<EnvironmentName>("production"), RunPhase.RolledBack, null, "eastus2: a|b\n<script>", []),
        ]);

        ReleaseSummary.Of(Report(stack), stack).ShouldBe("""
            ### us-closed: rolled back

            Attempt 1, from 2026-11-27 12:00:01 to 2026-11-27 13:00:02 UTC.

            | stack | environment | outcome | version | last change (UTC) | reason |
            | --- | --- | --- | --- | --- | --- |
            | us-closed | staging | succeeded | 1.1.0 | 2026-11-27 12:02:01 |  |
            | us-closed | production | rolled back | 1.1.0 |  | eastus2: a\|b &lt;script> |
            """, StringCompareShould.IgnoreLineEndings);
    }

    [Fact]
    public void A_stack_that_broke_off_has_a_line_of_its_own() =>
        ReleaseSummary.Of(Report(StackRun.Broken(Us, "its run broke off")), StackRun.Broken(Us, "its run broke off")).ShouldEndWith("| us-closed | | failed | 1.1.0 | | its run broke off |");

    [Fact]
    public void What_people_write_around_the_sections_stays_and_each_stack_has_one() => Gen.Select(Gen.String[Gen.Char['a', 'z'], 0, 20], Gen.String[Gen.Char['a', 'z'], 0, 20], Gen.Int[1, 4]).Sample((before, after, times) =>
    {
        var body = before;
        for (var time = 1; time <= times; time++)
        {
            body = SummarySections.Put(body, Us, $"us {time}");
            body = SummarySections.Put(body, China, $"china {time}");
            body = time == 1 ? $"{body}\n{after}" : body;
        }

        return body.StartsWith(before, StringComparison.Ordinal) && body.EndsWith(after, StringComparison.Ordinal)
            && body.Split("orchestrator:summary us-closed").Length == 3 && body.Split("orchestrator:summary china-open").Length == 3
            && body.Contains($"us {times}", StringComparison.Ordinal) && body.Contains($"china {times}", StringComparison.Ordinal)
            && (times == 1 || !body.Contains($"us {times - 1}", StringComparison.Ordinal));
    });

    private static ReleaseReport Report(StackRun stack) => new(
        new ReleaseKey(Identifier.Parse<RepositoryName>("acme/assistant"), Identifier.Parse<ReleaseTag>("v1.1.0"), 1), "1.1.0", Begun, Begun.AddHours(1).AddSeconds(1), [stack]);
}
