using Orchestrator.Core.Suites;
using Orchestrator.Core.Verification;

namespace Orchestrator.Functions.Tests.Suites;

/// <summary>
/// How often the gate is right stands in the documentation, and is what it does. Who means a change runs these once with
/// <c>UPDATE_SNAPSHOTS=1</c> and reads the difference.
/// </summary>
public sealed class GateTableTests
{
    private const string Begin = "<!-- gate: begin -->\n";
    private const string End = "\n<!-- gate: end -->";

    [Fact]
    public async Task The_documented_table_is_what_the_gate_does()
    {
        var path = RepositoryFolder.Of("docs", "verification.md");
        var text = await File.ReadAllTextAsync(path);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            await File.WriteAllTextAsync(path, text[..from] + GateSimulation.Table(GatePolicy.Default) + text[to..]);
            return;
        }

        // The rows that take least: what changes the gate changes them all.
        text[from..to].Split('\n').ShouldContain(GateSimulation.Row(GatePolicy.Default, 24, 1));
        text[from..to].Split('\n').ShouldContain(GateSimulation.Row(GatePolicy.Default, 24, 3));
    }

    [Fact]
    public void False_alarms_and_misses_are_as_rare_as_promised()
    {
        const int Cases = 40;
        var risk = 1 - GatePolicy.Default.Confidence;

        // What thousands of draws vary by comes on top.
        GateSimulation.Shares(GatePolicy.Default, Cases, tries: 1, loss: 0).GetValueOrDefault(Verdict.Fail).ShouldBeLessThan(risk + 0.015);
        GateSimulation.Shares(GatePolicy.Default, Cases, tries: 1, GatePolicy.Default.Margin).GetValueOrDefault(Verdict.Pass).ShouldBeLessThan(risk + 0.015);
    }
}
