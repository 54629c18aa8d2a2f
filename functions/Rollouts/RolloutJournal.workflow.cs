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
    public void Wait(string reason)
    {
        if (record is [.., { Activity: RolloutActivity.Waiting }])
        {
            context.SetCustomStatus(new RolloutStatus(wave, RolloutActivity.Waiting, reason, record));
        }
        else
        {
            Show(RolloutActivity.Waiting, reason);
        }
    }

    public void Show(RolloutActivity activity, string? reason = null)
    {
        record.Add(new(wave, activity, context.CurrentUtcDateTime));
        context.SetCustomStatus(new RolloutStatus(wave, activity, reason, record));
    }
}
