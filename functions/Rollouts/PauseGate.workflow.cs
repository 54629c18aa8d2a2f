using Microsoft.DurableTask;

namespace Orchestrator.Functions.Rollouts;

/// <summary>What a rollout passes before each wave and each region: while a person has paused it, nothing more is begun.</summary>
internal sealed class PauseGate(TaskOrchestrationContext context, StopSignal stop, RolloutJournal journal)
{
    private readonly PausePoint point = new(context, stop);
    private Task passing = Task.CompletedTask;

    /// <summary>Ends when nobody holds the rollout any more, or it has to stop. Regions that come at once wait together.</summary>
    public Task PassAsync()
    {
        if (passing.IsCompleted)
        {
            passing = RunAsync();
        }

        return passing;
    }

    private async Task RunAsync()
    {
        while (point.HasCome && !stop.HasCome)
        {
            var order = await point.TakeAsync();
            journal.Show(RolloutActivity.Paused, order.Reason);
            await point.WaitAsync(order, limit: null);
            journal.GoOn();
        }
    }
}
