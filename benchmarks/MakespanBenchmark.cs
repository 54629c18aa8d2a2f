using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Local.Demo;
using Orchestrator.Local.Provisioning;
using Orchestrator.Sandbox;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Latency;

namespace Orchestrator.Benchmarks;

/// <summary>
/// How long one release takes to all regions of an environment at once, from its publication to its end, against the critical
/// path: the longest chain of waits that the clouds impose and of holds that policy asks for. The clouds take as long as real ones
/// do. The orchestrator is a process of its own, so that its processor time and memory are its own; the clouds share its cores.
/// </summary>
internal static class MakespanBenchmark
{
    private const string Tag = $"v{DemoReleases.NextVersion}";
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);
    private static readonly ArmLimits Unlimited = new(int.MaxValue, 1, int.MaxValue, 1);

    // A revision of a container app is ready after 21 to 49 s, a change of traffic done after 4 to 10 s.
    private static readonly SandboxLatencies Latencies = new()
    {
        ArmRequest = TimeSpan.FromMilliseconds(100),
        ArmOperation = TimeSpan.FromSeconds(7),
        RevisionProvisioning = TimeSpan.FromSeconds(35),
        WorkloadResponse = TimeSpan.FromMilliseconds(100),
        GitHubRequest = TimeSpan.FromMilliseconds(150),
        Jitter = 0.4,
    };

    public static async Task RunAsync()
    {
        foreach (var regions in new[] { 10, 100, 1_000 })
        {
            await MeasureAsync(regions);
        }
    }

    private static async Task MeasureAsync(int regions)
    {
        var stack = Stack(regions);
        await using var sandbox = await SandboxHost.StartAsync(Options(stack));
        var topology = await StackPrograms.UpAsync(sandbox, [stack], CancellationToken.None);
        using var folder = new TemporaryFolder();
        var (topologyFile, certificate) = SandboxStacks.Write(sandbox, topology, folder.File("settings"));
        var data = folder.File("data");
        await using var orchestrator = await AppProcess.StartAsync(
            "orchestrator.dll",
            url => ["serve", "--url", url.ToString(), "--data", data],
            SandboxStacks.Settings(sandbox, topologyFile, certificate));

        using var http = new HttpClient { BaseAddress = orchestrator.Address };
        http.DefaultRequestHeaders.Add("x-functions-key", File.ReadAllText(Path.Combine(data, "function.key")).Trim());
        (await http.GetAsync(new Uri("api/health/ready", UriKind.Relative))).EnsureSuccessStatusCode();

        var (cpuBefore, _) = orchestrator.Taken();
        var ownBefore = Environment.CpuUsage.TotalTime;
        var published = TimeProvider.System.GetUtcNow();
        Publish(sandbox, orchestrator.Address);
        var ended = await EndAsync(http);
        var (cpu, memory) = orchestrator.Taken();
        Check(ended, regions);

        var own = Environment.CpuUsage.TotalTime - ownBefore;
        var makespan = ended.UpdatedAt - published;
        var waits = sandbox.Latencies.Waits.Where(wait => wait.Start >= published).ToArray();
        var least = CriticalPath.Of(topology.Stacks[0], stack.Cloud, ended.Rollouts, waits);
        var requests = waits.Count(wait => wait.Operation.StartsWith("ARM ", StringComparison.Ordinal));
        var activities = Activities(Path.Combine(data, "engine.db"));
        Report.Print($"makespan, {regions:N0} regions: {makespan.TotalSeconds:N1} s; critical path {least.TotalSeconds:N1} s; ratio {makespan / least:N3}; processor {(cpu - cpuBefore).TotalSeconds:N1} s, memory {memory / 1_048_576.0:N0} MB at most; {activities / regions:N0} activities and {requests / regions:N0} ARM requests a region; the clouds' own processor time {own.TotalSeconds:N1} s");
    }

    private static void Publish(SandboxHost sandbox, Uri orchestrator)
    {
        var manifest = DemoReleases.Manifest(DemoReleases.NextVersion);
        DemoReleases.Register(sandbox, ReleaseManifestParser.Parse(manifest).Value!);
        sandbox.GitHub.AddHook(DemoStacks.Repository.Value, new(orchestrator, "api/github/webhooks"), SandboxStacks.WebhookSecret);
        sandbox.GitHub.Publish(DemoStacks.Repository.Value, Tag, Encoding.UTF8.GetBytes(manifest));
    }

    private static async Task<ReleaseView> EndAsync(HttpClient http)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            // The list is cheap; a view of the release would read every region's run.
            await Task.Delay(LookEvery, TimeProvider.System, patience.Token);
            var list = await http.GetFromJsonAsync<RolloutList>("api/rollouts", JsonSerializerOptions.Web, patience.Token);
            if (list!.Rollouts is [{ Phase: not (RunPhase.Pending or RunPhase.Running) }]
                && await http.GetFromJsonAsync<ReleaseView>($"api/releases/{DemoWorld.RunOf(Tag)}", JsonSerializerOptions.Web, patience.Token) is { Phase: not RunPhase.Running } ended)
            {
                return ended;
            }
        }
    }

    private static void Check(ReleaseView ended, int regions)
    {
        var runs = ended.Rollouts.SelectMany(rollout => rollout.Waves).SelectMany(wave => wave.Regions).ToArray();
        if (ended.Phase != RunPhase.Succeeded || runs.Length != regions || runs.Any(run => run.Step != RegionStep.Promoted))
        {
            var bad = runs.Where(run => run.Step != RegionStep.Promoted).Take(3).Select(run => $"{run.Region} is {run.Step}: {run.Reason}");
            throw new InvalidOperationException($"Expected {regions} promoted regions; the release is {ended.Phase} ({ended.Reason}): {string.Join("; ", bad)}");
        }
    }

    // An action of kind 20 is an activity that was called (EventKind.ActivityScheduled).
    private static long Activities(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM episodes, json_each(CAST(content AS TEXT), '$.o') WHERE json_extract(value, '$.k') = 20";
        return (long)command.ExecuteScalar()!;
    }

    // One share of the traffic, held for a minute; verified as the stack's production is.
    private static DemoStack Stack(int regions)
    {
        var configuration = LargeStack.Edit(DemoStacks.Of(DemoStacks.UsClosed), regions);
        configuration["environments"]![0]!["rollout"]!["traffic"] = new JsonArray(new JsonObject { ["weight"] = 25, ["hold"] = "1m" });
        return LargeStack.Read(configuration);
    }

    private static SandboxOptions Options(DemoStack stack)
    {
        var options = SandboxStacks.Options(Latencies);
        return options with
        {
            Limits = Unlimited,
            Clouds = [.. options.Clouds.Select(cloud => cloud.Name == stack.Cloud ? cloud with { Regions = stack.Regions } : cloud)],
        };
    }

    private sealed record RolloutList(IReadOnlyList<RolloutSummary> Rollouts);
}
