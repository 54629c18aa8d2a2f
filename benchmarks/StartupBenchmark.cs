using Orchestrator.Local.Demo;
using Orchestrator.Local.Provisioning;
using Orchestrator.Sandbox;
using Orchestrator.Sandbox.Latency;

namespace Orchestrator.Benchmarks;

/// <summary>From the start of the process to its first healthy answer, against a bare ASP.NET Core app.</summary>
internal static class StartupBenchmark
{
    private const int Rounds = 9;

    public static async Task RunAsync()
    {
        await using var sandbox = await SandboxHost.StartAsync(SandboxStacks.Options(new SandboxLatencies()));
        using var folder = new TemporaryFolder();
        var (topology, certificate) = SandboxStacks.Write(sandbox, await StackPrograms.UpAsync(sandbox, CancellationToken.None), folder.Path);
        var settings = SandboxStacks.Settings(sandbox, topology, certificate);
        List<double> ours = [], bare = [];
        for (var round = 0; round < Rounds; round++)
        {
            bare.Add(await MillisecondsAsync("Orchestrator.Benchmarks.dll", url => [BareApp.Verb, url.ToString()], []));
            ours.Add(await MillisecondsAsync("orchestrator.dll", url => ["serve", "--url", url.ToString(), "--data", folder.File($"data-{round}")], settings));
        }

        Report.Print($"startup: {Report.Median(ours):N0} ms to the first healthy answer; bare ASP.NET Core: {Report.Median(bare):N0} ms; ratio {Report.Median(ours) / Report.Median(bare):N2} (medians of {Rounds})");
    }

    private static async Task<double> MillisecondsAsync(string assembly, Func<Uri, string[]> arguments, Dictionary<string, string?> settings)
    {
        await using var process = await AppProcess.StartAsync(assembly, arguments, settings);
        return process.Startup.TotalMilliseconds;
    }
}
