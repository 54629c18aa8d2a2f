using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Local;
using Orchestrator.Local.Demo;
using Orchestrator.Local.Hosting;
using Orchestrator.Local.Provisioning;
using Orchestrator.Sandbox;
using Orchestrator.Sandbox.Latency;

namespace Orchestrator.Benchmarks;

/// <summary>
/// What a thousand running rollouts keep in memory: five hundred releases to two stacks, each in one environment of two regions
/// that hold their first share of the traffic. What is counted is what the host lets go of when it stops; the yardstick is what
/// the same rollouts take on disk.
/// </summary>
internal static class MemoryBenchmark
{
    private const int Count = 500;
    private const int RegionsEach = 2;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly Uri AnyPort = new("http://127.0.0.1:0");

    public static async Task RunAsync()
    {
        var options = SandboxStacks.Options(new SandboxLatencies()) with { Limits = new(int.MaxValue, 1, int.MaxValue, 1) };
        await using var sandbox = await SandboxHost.StartAsync(options);
        var topology = Holding(await StackPrograms.UpAsync(sandbox, CancellationToken.None));
        var deliveries = Releases.Publish(sandbox, Count);
        using var folder = new TemporaryFolder();

        var (topologyFile, certificate) = SandboxStacks.Write(sandbox, topology, folder.File("settings"));
        var data = folder.File("data");
        var host = await FunctionApp.StartAsync(data, AnyPort, SandboxStacks.Settings(sandbox, topologyFile, certificate), LogLevel.None, CancellationToken.None)
            ?? throw new InvalidOperationException("The settings were refused.");
        await WebhookClient.SendAsync(host.Address, deliveries);
        await AllHoldAsync(host);
        var running = GC.GetTotalMemory(forceFullCollection: true);
        await host.DisposeAsync();
        var held = running - AfterCollection(ref host);
        var stored = Directory.EnumerateFiles(data).Sum(file => new FileInfo(file).Length);

        Report.Print($"memory: {held / 1_048_576.0:N0} MB for {Count * 2:N0} running rollouts of {RegionsEach} regions ({held / 1024.0 / Count / 2:N0} KB each); the same on disk: {stored / 1_048_576.0:N0} MB; ratio {(double)held / stored:N2}");
    }

    private static long AfterCollection(ref EmbeddedHost? host)
    {
        host = null;
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static async Task AllHoldAsync(EmbeddedHost host)
    {
        while (true)
        {
            var holding = 0;
            await foreach (var instance in host.Client.GetAllInstancesAsync(new() { InstanceIdPrefix = ReleaseKey.RolloutPrefix, FetchInputsAndOutputs = true }))
            {
                var order = instance.ReadInputAs<RolloutOrder>()!;
                foreach (var region in order.Environment.Regions)
                {
                    var run = await host.Client.GetInstanceAsync(order.For(region).RunId(), getInputsAndOutputs: true);
                    holding += run?.SerializedCustomStatus is not null && run.ReadCustomStatusAs<RegionRun>() is { Step: RegionStep.Shifting, Weight: > 0 } ? 1 : 0;
                }

                if (instance.RuntimeStatus is not OrchestrationRuntimeStatus.Running and not OrchestrationRuntimeStatus.Pending)
                {
                    throw new InvalidOperationException($"{instance.InstanceId} ended: {instance.SerializedOutput}");
                }
            }

            if (holding == Count * 2 * RegionsEach)
            {
                return;
            }

            await Task.Delay(LookEvery, TimeProvider.System);
        }
    }

    // One environment, one wave, and a share of the traffic that is held for a day.
    private static Topology Holding(Topology topology) => topology with
    {
        Stacks = [.. topology.Stacks.Select(stack => stack with
        {
            Environments = [.. stack.Environments.Skip(1).Select(environment => environment with
            {
                Waves = [environment.Waves[^1]],
                Rollout = environment.Rollout with { Traffic = [new(10, TimeSpan.FromDays(1))], Limits = environment.Rollout.Limits with { Ready = TimeSpan.FromHours(1) } },
            })],
        })],
    };
}
