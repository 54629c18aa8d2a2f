using Orchestrator.Engine.History;

namespace Orchestrator.Engine.Orchestrations;

/// <summary>Compares what replayed code does with what history says it did.</summary>
internal static class Determinism
{
    /// <exception cref="NonDeterministicOrchestrationException">They differ; the message names the step.</exception>
    public static void Check(string instanceId, int episode, IReadOnlyList<HistoryEvent> recorded, IReadOnlyList<HistoryEvent> done)
    {
        var expected = recorded.Where(IsChecked).ToArray();
        var found = done.Where(IsChecked).ToArray();
        for (var index = 0; index < Math.Max(expected.Length, found.Length); index++)
        {
            var was = index < expected.Length ? expected[index] : null;
            var now = index < found.Length ? found[index] : null;
            if (was is null || now is null || was.Kind != now.Kind || was.Task != now.Task || !string.Equals(was.Name, now.Name, StringComparison.OrdinalIgnoreCase))
            {
                throw new NonDeterministicOrchestrationException(
                    $"Orchestration '{instanceId}' is not deterministic at step {(was ?? now)!.Task} (episode {episode}): "
                    + $"its history has {Describe(was)}, its code now has {Describe(now)}. "
                    + "The code has changed since the orchestration began, or depends on something else than its history.");
            }
        }
    }

    private static bool IsChecked(HistoryEvent action) => action.Kind != EventKind.TimerCanceled;

    private static string Describe(HistoryEvent? action) => action?.Kind switch
    {
        null => "nothing there",
        EventKind.ActivityScheduled => $"a call of activity '{action.Name}'",
        EventKind.SubOrchestrationCreated => $"a call of sub-orchestration '{action.Name}'",
        EventKind.TimerCreated => "a timer",
        EventKind.EventSent => $"event '{action.Name}' sent",
        _ => action.Kind.ToString(),
    };
}
