using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.GitHub.Writes;
using Orchestrator.Functions.Releases;
using Orchestrator.Local.Commands;
using Spectre.Console;

namespace Orchestrator.Local.Demo;

/// <summary>What the demo is asked to do.</summary>
/// <param name="Manifest">The release's manifest, checked.</param>
/// <param name="Faults">What goes wrong.</param>
/// <param name="Stay">Whether everything stays up afterwards.</param>
/// <param name="Url">Where the function app listens.</param>
internal sealed record DemoPlan(string Manifest, IReadOnlyList<DemoFault> Faults, bool Stay, Uri Url)
{
    /// <summary>The stacks whose hub delivers a wrong bit.</summary>
    public IReadOnlyList<string> Corrupt { get; init; } = [];
}

/// <summary>The demo from start to end.</summary>
internal static class DemoRun
{
    // A log has no width to fit into.
    private const int WidthOfLogs = 160;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(150);

    public static async Task<int> RunAsync(DemoPlan plan, CancellationToken cancellation)
    {
        var manifest = ReleaseManifestParser.Parse(plan.Manifest).Value!;
        var tag = $"v{manifest.Version}";
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = WidthOfLogs;
        }

        AnsiConsole.WriteLine("Starting two simulated clouds, a simulated GitHub and the function app …");
        await using var world = await DemoWorld.StartAsync(SandboxStacks.Watchable, plan.Url, DemoStacks.All, DemoPace.Of, cancellation);
        DemoReleases.Register(world.Sandbox, manifest);
        foreach (var fault in plan.Faults)
        {
            world.Sandbox.Clouds[SandboxStacks.CloudOf(fault.Stack)].Faults.Set(fault.Region, fault.Kind);
            AnsiConsole.WriteLine($"Fault: {fault.Stack}/{fault.Region} is {Sandbox.Faults.FaultKinds.Name(fault.Kind)} for what is deployed next.");
        }

        foreach (var stack in plan.Corrupt)
        {
            DemoModels.Corrupt(world.Sandbox.Clouds[SandboxStacks.CloudOf(stack)]);
            AnsiConsole.WriteLine($"Fault: the hub of {stack} delivers one wrong bit of the new weights.");
        }

        AnsiConsole.WriteLine($"Both stacks run v{DemoReleases.BaselineVersion}. Publishing {tag}; its webhook goes to {new Uri(world.Host.Address, "api/github/webhooks")}.");
        var published = TimeProvider.System.GetUtcNow();
        await world.PublishAsync(tag, plan.Manifest);
        var ended = await WatchAsync(world, DemoWorld.RunOf(tag), published, cancellation);
        await world.Host.Services.GetRequiredService<WriteDrainer>().DrainAsync(cancellation);
        DemoReport.Print(world, ended, published);
        if (plan.Stay)
        {
            DemoReport.PrintAddresses(world, DemoWorld.RunOf(tag));
            await world.Host.WaitForShutdownAsync(cancellation);
        }

        return ended.Phase == RunPhase.Succeeded ? ExitCodes.Success : ExitCodes.RolledBack;
    }

    private static async Task<ReleaseView> WatchAsync(DemoWorld world, string run, DateTimeOffset published, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = world.Host.Address };
        http.DefaultRequestHeaders.Add("x-functions-key", world.Host.FunctionKey);
        var view = await NextAsync();
        if (!AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected)
        {
            var lines = new PlainProgress(published);
            while (view is null || !view.Phase.IsTerminal())
            {
                lines.Show(view);
                view = await NextAsync();
            }

            lines.Show(view);
            return view;
        }

        await AnsiConsole.Live(LiveProgress.Render(world.Topology, view)).StartAsync(async live =>
        {
            while (view is null || !view.Phase.IsTerminal())
            {
                live.UpdateTarget(LiveProgress.Render(world.Topology, view));
                view = await NextAsync();
            }

            live.UpdateTarget(LiveProgress.Render(world.Topology, view));
        });
        return view!;

        async Task<ReleaseView?> NextAsync()
        {
            await Task.Delay(LookEvery, TimeProvider.System, cancellation);
            using var response = await http.GetAsync(new Uri($"api/releases/{run}", UriKind.Relative), cancellation);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadFromJsonAsync<ReleaseView>(JsonSerializerOptions.Web, cancellation)
                : null;
        }
    }
}
