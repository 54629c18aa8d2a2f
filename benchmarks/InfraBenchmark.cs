using System.Diagnostics;
using Orchestrator.Infra.Tests;
using Orchestrator.Local.Demo;
using Orchestrator.Local.Provisioning;

namespace Orchestrator.Benchmarks;

/// <summary>
/// What the infra program takes to register a stack of many regions, against the same for ten. The yardstick is a line: the ratio
/// is time for each region, and stays near one where time is linear.
/// </summary>
internal static class InfraBenchmark
{
    private const int Runs = 5;
    private const int Yardstick = 10;
    private static readonly int[] Sizes = [Yardstick, 50, 100, 200];

    public static async Task RunAsync()
    {
        foreach (var stack in DemoStacks.All)
        {
            await MeasureAsync(stack, Yardstick);
            var small = 0.0;
            foreach (var regions in Sizes)
            {
                var measure = await MeasureAsync(stack, regions);
                var each = measure.Seconds * 1000 / regions;
                small = regions == Yardstick ? each : small;
                Report.Print($"infra: {stack.Name}, {regions:N0} regions: {measure.Resources:N0} resources in {measure.Seconds * 1000:N0} ms, {measure.Allocated / 1_048_576.0:N1} MB allocated ({each:N1} ms and {measure.Allocated / 1024.0 / regions:N0} KB a region); ratio to {Yardstick} regions {each / small:N2}");
            }
        }
    }

    private static async Task<Measure> MeasureAsync(DemoStack stack, int regions)
    {
        var configuration = LargeStack.Edit(stack, regions).ToJsonString();
        var measures = new List<Measure>();
        for (var run = 0; run < Runs; run++)
        {
            measures.Add(await RunOnceAsync(stack, configuration));
        }

        return measures[0] with { Seconds = Report.Median([.. measures.Select(measure => measure.Seconds)]), Allocated = measures.Max(measure => measure.Allocated) };
    }

    private static async Task<Measure> RunOnceAsync(DemoStack stack, string configuration)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var azure = new RecordingAzure();
        var watch = Stopwatch.StartNew();
        _ = await ProgramRunner.RunAsync(stack.Name, configuration, DemoStacks.Folder, azure, isPreview: false, CancellationToken.None);
        var seconds = watch.Elapsed.TotalSeconds;
        return new(seconds, azure.Asked.Count, GC.GetTotalAllocatedBytes(precise: true) - before);
    }

    /// <summary>What a run took.</summary>
    /// <param name="Seconds">How long.</param>
    /// <param name="Resources">How many resources were registered.</param>
    /// <param name="Allocated">Bytes that it has asked for.</param>
    private sealed record Measure(double Seconds, int Resources, long Allocated);
}
