namespace Orchestrator.Engine.History;

/// <summary>What a history event is. The numbers are stored: they never change and are never used again.</summary>
internal enum EventKind
{
    // What happens to an orchestration.
    Started = 1,
    TaskCompleted = 2,
    TaskFailed = 3,
    TimerFired = 4,
    EventRaised = 5,
    Suspended = 6,
    Resumed = 7,
    Terminated = 8,

    // What it does. These are checked at replay.
    ActivityScheduled = 20,
    TimerCreated = 21,
    SubOrchestrationCreated = 22,
    EventSent = 23,

    // Notes that need no check.
    TimerCanceled = 40,
}
