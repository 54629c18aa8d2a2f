using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Orchestrator.Local.Demo;
using Orchestrator.Local.Provisioning;
using Orchestrator.Sandbox;
using Orchestrator.Sandbox.Latency;

namespace Orchestrator.Benchmarks;

/// <summary>From the start of the process to its first healthy answer, against a bare ASP.NET Core app.</summary>
internal static class StartupBenchmark
{
    private const int Rounds = 9;
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(5);

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
        var url = FreeAddress();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments(url)]) { RedirectStandardOutput = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        using var http = new HttpClient();
        var begun = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        try
        {
            while (!await AnswersAsync(http, new(url, "api/health")))
            {
                if (process.HasExited)
                {
                    throw new InvalidOperationException($"{assembly} ended with {process.ExitCode}: {await process.StandardOutput.ReadToEndAsync()}");
                }

                await Task.Delay(AskEvery, TimeProvider.System);
            }

            return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http, Uri health)
    {
        try
        {
            using var response = await http.GetAsync(health);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static Uri FreeAddress()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return new($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
    }
}
