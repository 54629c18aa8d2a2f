using System.Diagnostics;
using System.Text.Json;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Functions.Weights;

namespace Orchestrator.Benchmarks;

/// <summary>
/// How fast a gigabyte of weights comes from a hub, is hashed and goes into a region's storage, against what only fetches and hashes
/// it: <c>curl | sha256sum</c>, from the same hub over the same https, run in turn with ours. Hub and storage are one process of
/// their own; it shares the machine's cores with either, and has the upload to take in with ours alone.
/// </summary>
internal static class WeightsBenchmark
{
    private const long Size = 1L << 30;
    private const int Runs = 5;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);

    public static async Task RunAsync()
    {
        using var folder = new TemporaryFolder();
        using var servers = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Orchestrator.Benchmarks.dll"), WeightsServers.Verb, $"{Size}", $"{Runs + 1}"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var served = JsonSerializer.Deserialize<WeightsServers.Served>(await servers.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The servers have ended."))!;
        var certificate = folder.File("ca.pem");
        await File.WriteAllTextAsync(certificate, served.Pem);
        using var http = WeightsServers.Http(served.Pem);
        var stager = new WeightsStager(new(http, served.Hub, TimeProvider.System), new(WeightsServers.Container(served, http)), TimeProvider.System);

        // The first of either meets code and connections that are cold.
        using var memory = new MemoryPeak();
        await StageAsync(stager, served, Runs);
        var hasCurl = await FetchAsync(served, certificate) is not null;
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var run = 0; run < Runs; run++)
        {
            ours.Add(await StageAsync(stager, served, run));
            if (await FetchAsync(served, certificate) is { } seconds)
            {
                theirs.Add(seconds);
            }
        }

        var (heap, workingSet) = await memory.EndAsync();
        servers.StandardInput.Close();
        await servers.WaitForExitAsync();
        var speed = Speed(Report.Median(ours));
        Report.Print($"weights: {speed:N0} MB/s from the hub into storage, verified; at most {heap / 1_048_576.0:N0} MB of managed heap, {workingSet / 1_048_576.0:N0} MB of working set in all");
        if (hasCurl)
        {
            var yardstick = Speed(Report.Median(theirs));
            Report.Print($"weights: curl | sha256sum, which stores nothing: {yardstick:N0} MB/s; ratio {speed / yardstick:N2}");
        }
        else
        {
            Report.Print($"weights: no yardstick, because this machine has no curl");
        }
    }

    private static double Speed(double seconds) => Size / 1e6 / seconds;

    private static async Task<double> StageAsync(WeightsStager stager, WeightsServers.Served served, int run)
    {
        var file = new WeightsFile($"model-{run}.safetensors", served.Size, Identifier.Parse<Sha256Digest>(served.Sha256));
        var weights = new OpenWeights("model", served.Repository, Identifier.Parse<CommitSha>(served.Revision), "MIT", [file]);
        var begun = Stopwatch.GetTimestamp();
        var result = await stager.StageAsync(weights, file, TimeSpan.FromMinutes(10), CancellationToken.None);
        return result is StagingResult.Verified ? Stopwatch.GetElapsedTime(begun).TotalSeconds : throw new InvalidOperationException($"Expected a verified file, found {result}.");
    }

    // Null where there is no curl.
    private static async Task<double?> FetchAsync(WeightsServers.Served served, string certificate)
    {
        var url = new Uri(served.Hub, $"{served.Repository}/resolve/{served.Revision}/model-0.safetensors");
        var begun = Stopwatch.GetTimestamp();
        using var fetch = Process.Start(new ProcessStartInfo("bash", ["-c", $"command -v curl > /dev/null || exit 9; set -o pipefail; curl -sSfL --http1.1 --cacert '{certificate}' '{url}' | sha256sum"]) { RedirectStandardOutput = true })!;
        var output = await fetch.StandardOutput.ReadToEndAsync();
        await fetch.WaitForExitAsync();
        return fetch.ExitCode == 9 ? null
            : output.StartsWith(served.Sha256, StringComparison.Ordinal) ? Stopwatch.GetElapsedTime(begun).TotalSeconds
            : throw new InvalidOperationException($"curl | sha256sum ended with {fetch.ExitCode}: expected {served.Sha256}, found {output}");
    }

    private sealed class MemoryPeak : IDisposable
    {
        private readonly CancellationTokenSource ended = new();
        private readonly Task<(long Heap, long WorkingSet)> looking;

        public MemoryPeak() => looking = Task.Run(LookAsync);

        public Task<(long Heap, long WorkingSet)> EndAsync()
        {
            ended.Cancel();
            return looking;
        }

        public void Dispose() => ended.Dispose();

        private async Task<(long Heap, long WorkingSet)> LookAsync()
        {
            var (heap, workingSet) = (0L, 0L);
            while (!ended.IsCancellationRequested)
            {
                heap = Math.Max(heap, GC.GetTotalMemory(forceFullCollection: false));
                workingSet = Math.Max(workingSet, Environment.WorkingSet);
                await Task.Delay(LookEvery, TimeProvider.System);
            }

            return (heap, workingSet);
        }
    }
}
