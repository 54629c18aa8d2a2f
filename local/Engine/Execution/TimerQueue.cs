namespace Orchestrator.Engine.Execution;

/// <summary>All durable timers, with one timer of the clock for the next of them. Only the engine's loop touches it.</summary>
internal sealed class TimerQueue : IDisposable
{
    // Timers of the clock take no longer than 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly PriorityQueue<DurableTimer, long> queue = new();
    private readonly TimeProvider time;
    private readonly ITimer alarm;
    private long armedFor = long.MaxValue;

    /// <summary>An empty queue.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="ring">Called, on any thread, when a timer may be due.</param>
    public TimerQueue(TimeProvider time, Action ring)
    {
        this.time = time;
        alarm = time.CreateTimer(_ => ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>When the next timer comes due; null when there is none.</summary>
    public DateTimeOffset? Next => queue.TryPeek(out _, out var due) ? new DateTimeOffset(due, TimeSpan.Zero) : null;

    public void Add(DurableTimer timer, long due)
    {
        queue.Enqueue(timer, due);
        Arm();
    }

    /// <summary>Takes the timers that are due.</summary>
    public List<DurableTimer> TakeDue()
    {
        armedFor = long.MaxValue;
        var now = time.GetUtcNow().UtcTicks;
        var due = new List<DurableTimer>();
        while (queue.TryPeek(out var timer, out var at) && at <= now)
        {
            due.Add(timer);
            queue.Dequeue();
        }

        Arm();
        return due;
    }

    public void Dispose() => alarm.Dispose();

    private void Arm()
    {
        if (!queue.TryPeek(out _, out var next) || next >= armedFor)
        {
            return;
        }

        armedFor = next;
        var wait = TimeSpan.FromTicks(Math.Max(0, next - time.GetUtcNow().UtcTicks));

        // A millisecond more than rounding down would take: an alarm that rings early would only be set again.
        alarm.Change(wait > LongestWait ? LongestWait : wait + (wait > TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : TimeSpan.Zero), Timeout.InfiniteTimeSpan);
    }
}

/// <summary>A timer of an orchestration.</summary>
/// <param name="InstanceId">Whose.</param>
/// <param name="Execution">Of which execution.</param>
/// <param name="Task">The timer's number; 0 for the orchestration's own start.</param>
internal sealed record DurableTimer(string InstanceId, long Execution, int Task);
