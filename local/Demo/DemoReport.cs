using System.Globalization;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Releases;
using Spectre.Console;

namespace Orchestrator.Local.Demo;

/// <summary>What the demo says at its end.</summary>
internal static class DemoReport
{
    /// <summary>Regions with their verdicts and GitHub's statuses, then the time it took against the time it had to take.</summary>
    public static void Print(DemoWorld world, ReleaseView ended, DateTimeOffset published)
    {
        var table = new Table().Border(TableBorder.Rounded).Title($"[bold]{ended.Tag}[/]: {StepText.Of(ended.Phase)}");
        table.AddColumns("region", "end", "verdict", "GitHub", "why");
        var deployments = world.Sandbox.GitHub.Deployments().ToDictionary(deployment => deployment.Environment, deployment => deployment.Statuses);
        foreach (var rollout in ended.Rollouts)
        {
            foreach (var run in rollout.Waves.SelectMany(wave => wave.Regions))
            {
                var name = $"{rollout.Rollout.Stack}/{rollout.Rollout.Environment}/{run.Region}";
                table.AddRow(
                    name,
                    $"[{StepText.Colour(run.Step)}]{StepText.Of(run.Step)}[/]",
                    $"[{StepText.Colour(run.Verdict)}]{run.Verdict?.ToString().ToLowerInvariant() ?? "-"}[/]",
                    deployments.TryGetValue(name, out var statuses) && statuses is [.., var last] ? last.State : "-",
                    Markup.Escape(run.Reason ?? string.Empty));
            }
        }

        AnsiConsole.Write(table);
        if (ended.Reason is not null && ended.Parity?.Verdict != Verdict.Fail)
        {
            AnsiConsole.WriteLine(ended.Reason);
        }

        if (ended.Parity is { } parity)
        {
            AnsiConsole.MarkupLine($"parity: [{StepText.Colour(parity.Verdict)}]{parity.Verdict.ToString().ToLowerInvariant()}[/]: {Markup.Escape(parity.Reason)}");
        }

        foreach (var stack in world.Topology.Stacks)
        {
            PrintTime(world, ended, published, stack);
        }
    }

    /// <summary>Where to look, with a command for each.</summary>
    public static void PrintAddresses(DemoWorld world, string run)
    {
        var api = new Uri(world.Host.Address, "api/");
        var key = $"-H 'x-functions-key: {world.Host.FunctionKey}'";
        var stack = world.Topology.Stacks[0];
        var region = $"{stack.Name}/{stack.Environments[0].Name}/{stack.Environments[0].Regions.First().Name}";
        var app = world.Sandbox.Clouds[SandboxStacks.CloudOf(stack.Name.Value)].Apps()[0];
        Console.WriteLine();
        Console.WriteLine("Everything stays up; Ctrl-C stops it.");
        Line("alive", $"curl -sS {api}health");
        Line("ready", $"curl -sS {api}health/ready");
        Line("a stack", $"curl -sS {key} {api}health/{stack.Name}");
        Line("a region", $"curl -sS {key} {api}health/{region}");
        Line("rollouts", $"curl -sS {key} {api}rollouts");
        Line("parity", $"curl -sS {key} {api}parity");
        Line("this release", $"curl -sS {key} {api}releases/{run}");
        Line("sandbox", $"curl -sS {world.Sandbox.ControlUrl}");
        Line("its clouds' apps", $"curl -sS {world.Sandbox.ControlUrl}/clouds/{SandboxStacks.CloudOf(stack.Name.Value)}/apps");
        Line("a workload", $"curl -sS --cacert {world.CertificateFile} https://{app.Fqdn}/version");
        Line("set a fault", $"curl -sS -X PUT -d '{{\"kind\":\"unhealthy\"}}' {world.Sandbox.ControlUrl}/clouds/azure-china/regions/chinanorth3/fault");

        static void Line(string what, string command) => Console.WriteLine($"  {what,-17} {command}");
    }

    private static void PrintTime(DemoWorld world, ReleaseView ended, DateTimeOffset published, Core.Topologies.StackDefinition stack)
    {
        var rollouts = ended.Rollouts.Where(rollout => rollout.Rollout.Stack == stack.Name).ToArray();
        if (rollouts.Length == 0)
        {
            return;
        }

        var took = rollouts.Max(rollout => rollout.Rollout.UpdatedAt) - published;
        var line = string.Create(CultureInfo.InvariantCulture, $"{stack.Name}: {took.TotalSeconds:0.0} s from publication to the end");
        if (rollouts.Length == stack.Environments.Count && rollouts.All(rollout => rollout.Rollout.Phase == RunPhase.Succeeded))
        {
            var waits = world.Sandbox.Latencies.Waits.Where(wait => wait.Start >= published).ToArray();
            var least = CriticalPath.Of(stack, SandboxStacks.CloudOf(stack.Name.Value), rollouts, waits);
            line += string.Create(
                CultureInfo.InvariantCulture,
                $"; critical path (longest chain of simulated waits, holds and bakes) {least.TotalSeconds:0.0} s; overhead {(took - least).TotalSeconds:0.0} s, {took / least:0.00} x");
        }

        AnsiConsole.WriteLine(line);
    }
}
