using System.Text.Json;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.GitHub.Writes;
using Orchestrator.Functions.Lanes;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.EndToEnd.Tests.Crashes;

/// <summary>A scenario from its beginning to its end, with the plug pulled at some moments.</summary>
/// <param name="Plug">What was changed.</param>
/// <param name="End">How everything stands.</param>
/// <param name="Why">The reasons that are given for it.</param>
internal sealed record CrashRun(Plug Plug, IReadOnlyList<string> End, string Why)
{
    public static async Task<CrashRun> RunAsync(CrashScenario scenario, IEnumerable<Moment> moments)
    {
        await using var world = await CrashWorld.StartAsync(scenario);
        await scenario.PrepareAsync(world);
        var plug = new Plug(moments);
        world.Watch(plug, new(world.Sandbox, scenario.Version));
        var run = await scenario.AskAsync(world);
        plug.Pull(Moment.Acknowledged("accepted"));
        await scenario.BesideAsync(world, plug);
        var ended = await EndAsync(world, scenario, plug, run);
        return new(
            plug,
            [.. Stand(ended), .. Stand(world), .. Stand(await world.GetAsync<LanesView>("lanes")), .. await scenario.StandAsync(world)],
            string.Join("; ", ended.Rollouts.Select(rollout => rollout.Rollout.Reason).Append(ended.Reason).OfType<string>()));
    }

    /// <summary>Waits for a run's end.</summary>
    public static Task<ReleaseView> EndAsync(CrashWorld world, string run) => EndAsync(world, run, _ => Task.CompletedTask);

    // Whoever is killed while GitHub is told has the next one tell it.
    private static async Task UntilToldAsync(CrashWorld world)
    {
        while ((await world.GetAsync<WritesView>("github/writes")).Waiting > 0)
        {
            await Breath.TakeAsync();
        }
    }

    private static async Task<ReleaseView> EndAsync(CrashWorld world, CrashScenario scenario, Plug plug, string run)
    {
        if (scenario.Person is not { } person)
        {
            // Nothing has to be looked for, so the processes are left to their work.
            await world.UntilPulledAsync();
            return await EndAsync(world, run);
        }

        var done = new HashSet<PersonsAct>();
        return await EndAsync(world, run, async rollout =>
        {
            // A person acts on what GitHub has been told; that a rollout waits for its lane it is not.
            if (!Phases(rollout).Any(phase => plug.Pull(Moment.InTheMiddle(phase)))
                && person(world, rollout) is { } act
                && !done.Contains(act)
                && plug.IsPulledAt(act.Phase)
                && (act.Phase == "waiting" || plug.Made.Any(effect => effect.IsTold && effect.Phase == act.Phase))
                && await world.PostAsync(act.Path))
            {
                done.Add(act);
                plug.Pull(Moment.Acknowledged(act.Phase));
            }
        });
    }

    private static async Task<ReleaseView> EndAsync(CrashWorld world, string run, Func<RolloutView, Task> lookAsync)
    {
        while (true)
        {
            var view = await world.GetAsync<ReleaseView>($"releases/{run}");
            if (view.Phase.IsTerminal())
            {
                await UntilToldAsync(world);
                return view;
            }

            foreach (var rollout in view.Rollouts)
            {
                await lookAsync(rollout);
            }

            await Breath.TakeAsync();
        }
    }

    private static IEnumerable<string> Phases(RolloutView rollout) => rollout.Waves.SelectMany(wave => wave.Regions)
        .Select(run => run.Step.ToString())
        .Append(rollout.Status?.Activity.ToString() ?? string.Empty)
        .Concat(rollout.Waves.SelectMany(wave => wave.Regions).Any(run => run.Detail?.EndsWith("the suite is run", StringComparison.Ordinal) == true) ? ["suite"] : [])
        .Select(JsonNamingPolicy.CamelCase.ConvertName);

    private static IEnumerable<string> Stand(ReleaseView release) => release.Rollouts
        .SelectMany(rollout => rollout.Waves.SelectMany(wave => wave.Regions)
            .Select(run => $"{rollout.Rollout.Environment}/{run.Region} {run.Step} {run.Weight} {run.Verdict} {run.Candidate} {run.Baseline}")
            .Prepend($"{rollout.Rollout.Environment} {rollout.Rollout.Phase} {rollout.Rollout.Verdict}"))
        .Prepend($"{release.Tag} {release.Phase}");

    private static IEnumerable<string> Stand(CrashWorld world)
    {
        foreach (var app in world.Sandbox.Clouds.Values.SelectMany(cloud => cloud.Apps()))
        {
            yield return $"{app.Region}: {string.Join(", ", app.Revisions.Select(one => $"{one.Name} {one.Version} {one.Weight} {one.IsActive}"))}";
            yield return $"{app.Region}: {string.Join(", ", app.Tags.Where(tag => tag.Key != AppTags.Since).OrderBy(tag => tag.Key, StringComparer.Ordinal))}";
        }

        foreach (var deployment in world.Sandbox.GitHub.Deployments().OrderBy(deployment => (deployment.Environment, deployment.Sha)))
        {
            yield return $"{deployment.Environment} {deployment.Sha}: {deployment.State}";
        }
    }

    private static IEnumerable<string> Stand(LanesView lanes) => lanes.Lanes
        .Select(lane => $"{lane.Environment}: {lane.Running?.Rollout}, {lane.Queue.Count} wait, {lane.Promoted?.Tag} runs, {(lane.Halted is null ? "open" : "halted")}");
}
