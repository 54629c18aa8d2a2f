using System.CommandLine;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Topologies;
using Orchestrator.Local.Demo;
using Orchestrator.Local.Provisioning;
using Orchestrator.Sandbox;
using Orchestrator.Sandbox.Latency;

namespace Orchestrator.Local.Commands;

/// <summary><c>sandbox</c>: the simulated clouds and GitHub alone, for a function app that runs elsewhere.</summary>
internal static class SandboxCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "The first of four ports in a row, one more for each further stack; 0 for free ones.", DefaultValueFactory = _ => 0 };
        var webhook = AddressOption.Create("--webhook", "Where releases are announced, e.g. http://127.0.0.1:7071/api/github/webhooks.");
        var folder = new Option<DirectoryInfo>("--out") { Description = "Where topology, certificate and settings are written.", DefaultValueFactory = _ => new(Path.Combine(".orchestrator", "sandbox")) };
        var quick = new Option<bool>("--no-latency") { Description = "Nothing takes any time." };
        var command = new Command("sandbox", "Runs the simulated clouds and GitHub alone, with both stacks up, and prints the settings that point a function app at them.") { port, webhook, folder, quick };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(quick) ? new SandboxLatencies() : SandboxStacks.Watchable,
            parsed.GetValue(port),
            parsed.GetValue(webhook),
            parsed.GetValue(folder)!,
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(SandboxLatencies latencies, int port, Uri? webhook, DirectoryInfo folder, CancellationToken cancellation)
    {
        try
        {
            await using var sandbox = await SandboxHost.StartAsync(SandboxStacks.Options(latencies, port), cancellation);
            var topology = DemoPace.Of(await StackPrograms.UpAsync(sandbox, cancellation));
            DemoReleases.Register(sandbox, ReleaseManifestParser.Parse(DemoReleases.Manifest(DemoReleases.NextVersion)).Value!);
            if (webhook is not null)
            {
                sandbox.GitHub.AddHook(DemoStacks.Repository.Value, webhook, SandboxStacks.WebhookSecret);
            }

            await PrintAsync(sandbox, topology, folder, webhook, cancellation);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCodes.Success;
        }
        catch (IOException inUse)
        {
            await Console.Error.WriteLineAsync($"Expected free ports, found that one is in use: {inUse.Message}");
            return ExitCodes.Broken;
        }

        catch (InvalidOperationException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return ExitCodes.Broken;
        }

        return ExitCodes.Success;
    }

    private static async Task PrintAsync(SandboxHost sandbox, Topology topology, DirectoryInfo folder, Uri? webhook, CancellationToken cancellation)
    {
        var (topologyFile, certificate) = SandboxStacks.Write(sandbox, topology, folder.FullName);
        var release = Path.Combine(folder.FullName, "release.json");
        await File.WriteAllTextAsync(release, DemoReleases.Manifest(DemoReleases.NextVersion), cancellation);
        var settings = SandboxStacks.Settings(sandbox, topologyFile, certificate)
            .Select(setting => $"{setting.Key.Replace(":", "__", StringComparison.Ordinal)}={setting.Value}")
            .ToArray();
        var file = Path.Combine(folder.FullName, "settings.env");
        await File.WriteAllLinesAsync(file, settings, cancellation);
        Console.WriteLine($"The sandbox runs. Control: {sandbox.ControlUrl}");
        Console.WriteLine($"Settings for a function app ({file}):");
        foreach (var line in settings)
        {
            Console.WriteLine($"  {line}");
        }

        Console.WriteLine(webhook is null ? "No webhook is set: start again with --webhook URL." : $"Releases are announced to {webhook}.");
        Console.WriteLine($"Publish one:  curl -sS --data-binary @{release} {sandbox.ControlUrl}/github/releases/v{DemoReleases.NextVersion}");
        Console.WriteLine("Ctrl-C stops.");
    }
}
