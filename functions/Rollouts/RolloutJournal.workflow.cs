using Microsoft.DurableTask;
using Orchestrator.Core.Names;

namespace Orchestrator.Functions.Rollouts;

/// <summary>Shows what a rollout is doing, as its instance's custom status, and keeps the record of it.</summary>
internal sealed class RolloutJournal(TaskOrchestrationContext context)
{
    private readonly List<ActivityRecord> record = [];
    private WaveName? wave;

    /// <summary>The rollout is at a wave.</summary>
    public void At(WaveName name, RolloutActivity activity)
    {
        wave = name;
        Show(activity);
    }

    /// <summary>The rollout waits. Waiting on is nothing new.</summary>
    public void Wait(string reason, RolloutActivity activity = RolloutActivity.Waiting)
    {
        if (record is [.., var last] && last.Activity == activity)
        {
            context.SetCustomStatus(new RolloutStatus(wave, activity, reason, record));
        }
        else
        {
            Show(activity, reason);
        }
    }

    /// <summary>The rollout goes on with what it did before it was paused.</summary>
    public void GoOn() => Show(record.FindLast(before => before.Activity is RolloutActivity.RollingOut or RolloutActivity.Baking)?.Activity ?? RolloutActivity.RollingOut);

    public void Show(RolloutActivity activity, string? reason = null)
    {
        record.Add(new(wave, activity, context.CurrentUtcDateTime));
        context.SetCustomStatus(new RolloutStatus(wave, activity, reason, record));
    }
}
