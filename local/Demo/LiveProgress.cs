using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Rollouts;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Orchestrator.Local.Demo;

/// <summary>The progress on a terminal: both stacks side by side, a line per region.</summary>
internal static class LiveProgress
{
    private const int BarLength = 10;

    public static IRenderable Render(Topology topology, ReleaseView? view) =>
        new Columns(topology.Stacks.Select(stack => Stack(stack, view))) { Expand = false };

    private static Table Stack(StackDefinition stack, ReleaseView? view)
    {
        var table = new Table().Border(TableBorder.Rounded).Title($"[bold]{stack.Name}[/]");
        table.AddColumns("environment", "region", "step", "traffic");
        foreach (var environment in stack.Environments)
        {
            var rollout = view?.Rollouts.FirstOrDefault(one => one.Rollout.Stack == stack.Name && one.Rollout.Environment == environment.Name);
            foreach (var region in environment.Regions)
            {
                var run = rollout?.Waves.SelectMany(wave => wave.Regions).First(one => one.Region == region.Name);
                var step = run?.Step ?? RegionStep.Pending;
                table.AddRow(
                    environment.Name.Value,
                    region.Name.Value,
                    $"[{StepText.Colour(step)}]{StepText.Of(step)}{Baking(rollout, step)}[/]",
                    Bar(run?.Weight ?? 0));
            }
        }

        return table;
    }

    private static string Baking(RolloutView? rollout, RegionStep step) =>
        step == RegionStep.Promoted && rollout?.Status?.Activity == RolloutActivity.Baking ? ", baking" : string.Empty;

    private static string Bar(int weight) =>
        $"[aqua]{new string('█', weight / BarLength)}[/][grey]{new string('░', BarLength - (weight / BarLength))}[/] {weight,3} %";
}
