using System.CommandLine;
using System.Globalization;
using Orchestrator.Core.Plans;
using Orchestrator.Core.Problems;
using Orchestrator.Functions.Plans;

namespace Orchestrator.Local.Commands;

/// <summary><c>plan</c>: what a release would change, before it does.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var tag = new Argument<string>("tag") { Description = "The release's tag; a draft's too." };
        var url = RemoteOrchestrator.Url();
        var data = RemoteOrchestrator.Data();
        var command = new Command("plan", "Shows what a release would change in each environment of each stack, in what order, and what would stop it. Nothing is touched.") { tag, url, data };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(tag)!, parsed.GetValue(url)!, parsed.GetValue(data)!));
        return command;
    }

    private static async Task<int> RunAsync(string tag, Uri url, DirectoryInfo data)
    {
        using var orchestrator = await RemoteOrchestrator.OpenAsync(url, data);
        if (orchestrator is null)
        {
            return ExitCodes.BadArguments;
        }

        var (exit, plan) = await orchestrator.GetAsync<ReleasePlanView>($"releases/{Uri.EscapeDataString(tag)}/plan");
        if (plan is null)
        {
            return exit;
        }

        Console.WriteLine($"{plan.Tag}{(plan.IsDraft ? ", a draft" : plan.IsPrerelease ? ", a prerelease" : string.Empty)}{(plan.Commit is null ? string.Empty : $" at {plan.Commit}")}");
        if (plan.Refusal is not null)
        {
            Console.WriteLine($"would not be rolled out: {plan.Refusal}");
            return ExitCodes.Refused;
        }

        plan.Rollouts.ToList().ForEach(Show);
        return ExitCodes.Success;
    }

    private static void Show(PlannedRolloutView rollout)
    {
        Console.WriteLine();
        Console.WriteLine($"{rollout.Stack}/{rollout.Environment}");
        if (rollout.Plan is not { } plan)
        {
            Console.WriteLine($"  no plan: {rollout.Problem}");
            return;
        }

        Console.WriteLine($"  {plan.Version}, at least {DurationText.Format(plan.AtLeast)}; plan {plan.Digest}");
        foreach (var stop in plan.Stops)
        {
            Console.WriteLine($"  stopped: {stop}");
        }

        if (rollout.Approval is { } approval)
        {
            Console.WriteLine(approval.Reason is null ? "  approved" : $"  {approval.Reason}");
        }

        foreach (var wave in plan.Waves)
        {
            var steps = string.Join(", ", wave.Traffic.Append(100).Select(weight => string.Create(CultureInfo.InvariantCulture, $"{weight} %")));
            Console.WriteLine($"  wave {wave.Wave}: {steps}{(wave.Bake > TimeSpan.Zero ? $", then {DurationText.Format(wave.Bake)} bake" : string.Empty)}");
            foreach (var region in wave.Regions)
            {
                Console.WriteLine($"    {region.Region}: {(region.Changes ? $"{Named(region.Now)} -> {plan.Tag}" : $"runs {plan.Tag}'s image already")}");
            }
        }
    }

    private static string Named(RunningRevision? now) => now?.Release ?? now?.Revision ?? "what is there";
}
