using Microsoft.DurableTask;
using Orchestrator.Core.Names;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Functions.Rollouts;

/// <summary>
/// Rolls a wave out: so many regions at once as policy says, until all have ended or too few can still succeed. Then regions
/// under way are told to go back, and the others are not begun.
/// </summary>
internal sealed class WaveRollout(TaskOrchestrationContext context, RolloutOrder order, WaveDefinition wave, PauseGate gate)
{
    private readonly Queue<RegionDefinition> waiting = new(wave.Regions);
    private readonly HashSet<RegionDefinition> atWork = [];
    private readonly Dictionary<RegionName, RegionRun> ended = [];
    private bool stopped;

    /// <summary>How the wave's regions ended, in their order.</summary>
    public async Task<IReadOnlyList<RegionRun>> RunAsync(StopSignal stop)
    {
        var work = Task.WhenAll(Enumerable.Range(0, Math.Min(wave.AtOnce, wave.Regions.Count)).Select(_ => WorkAsync()));
        if (!stop.HasCome && await Task.WhenAny(work, stop.Coming) != work)
        {
            Stop((await stop.OrderAsync()).Reason);
        }

        await work;
        return [.. wave.Regions.Select(region => ended.TryGetValue(region.Name, out var run) ? run : RegionRuns.Skipped(context, region))];
    }

    private async Task WorkAsync()
    {
        while (await MayBeginAsync() && waiting.TryDequeue(out var region))
        {
            atWork.Add(region);
            var run = await RegionRuns.CallAsync(
                context,
                nameof(RegionRollout),
                order.For(region),
                order.For(region).RunId(),
                RegionRun.Pending(region.Name, context.CurrentUtcDateTime));
            atWork.Remove(region);
            ended.Add(region.Name, run);
            if (!stopped && RolloutDecisions.Stops(ended.Values, wave.Regions.Count, wave.Needed))
            {
                Stop($"stopped, because {region.Name} did not succeed");
            }
        }
    }

    private async Task<bool> MayBeginAsync()
    {
        if (waiting.Count > 0)
        {
            await gate.PassAsync();
        }

        return !stopped;
    }

    private void Stop(string reason)
    {
        stopped = true;
        foreach (var region in wave.Regions.Where(atWork.Contains))
        {
            context.SendEvent(order.For(region).RunId(), StopSignal.Event, new StopOrder(reason));
        }
    }
}
