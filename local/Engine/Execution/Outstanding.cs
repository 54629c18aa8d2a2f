using Orchestrator.Engine.History;

namespace Orchestrator.Engine.Execution;

/// <summary>What an orchestration has begun and not seen the end of, read from its history.</summary>
internal static class Outstanding
{
    public static IReadOnlyList<HistoryEvent> Of(IEnumerable<Episode> history)
    {
        var open = new Dictionary<int, HistoryEvent>();
        foreach (var episode in history)
        {
            foreach (var ended in episode.Incoming.Where(happened => happened.Kind is EventKind.TaskCompleted or EventKind.TaskFailed or EventKind.TimerFired))
            {
                open.Remove(ended.Task);
            }

            foreach (var action in episode.Actions)
            {
                if (action.Kind == EventKind.TimerCanceled)
                {
                    open.Remove(action.Task);
                }
                else if (action.Kind != EventKind.EventSent)
                {
                    open[action.Task] = action;
                }
            }
        }

        return [.. open.Values];
    }
}
