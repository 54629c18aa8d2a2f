namespace Orchestrator.EndToEnd.Tests.Crashes;

/// <summary>The promise: whenever its process is killed, a rollout ends as an undisturbed one does, with nothing done twice.</summary>
internal static class Crash
{
    public static async Task HoldsAsync(CrashScenario scenario)
    {
        var undisturbed = await CrashRun.RunAsync(scenario, []);
        undisturbed.End[0].ShouldBe($"v{scenario.Version} {scenario.Ends}", undisturbed.Why);
        var moments = scenario.Moments(undisturbed.Plug).ToArray();
        var disturbed = await CrashRun.RunAsync(scenario, moments);
        TestContext.Current.TestOutputHelper!.WriteLine(CrashTable.Of(disturbed, undisturbed, moments));

        disturbed.Plug.Left.ShouldBeEmpty();
        disturbed.End.ShouldBe(undisturbed.End, disturbed.Why);
        disturbed.Plug.Made.Where(effect => Count(disturbed, effect) > Math.Max(1, Count(undisturbed, effect))).ShouldBeEmpty();
        Lasting(disturbed).Select(Order).ShouldBe(Lasting(undisturbed).Select(Order), ignoreOrder: true);
    }

    private static int Count(CrashRun run, SideEffect effect) => run.Plug.Made.Count(effect.Equals);

    // GitHub and people are told beside the rollout: only what is told in one place has an order.
    private static ILookup<(string Region, string Where), SideEffect> Lasting(CrashRun run) => run.Plug.Made.Where(effect => !effect.IsPassing)
        .ToLookup(effect => (effect.Region, effect.IsTold ? "GitHub" : effect.What == "alert" ? "alerts" : "cloud"));

    private static string Order(IEnumerable<SideEffect> effects) => string.Join(", ", effects.Select(effect => $"{effect.Region}: {effect.What}"));
}
