namespace Orchestrator.Sandbox.Latency;

/// <summary>Makes callers wait, and keeps a record of every wait: how fast anything could have been at best.</summary>
/// <param name="time">The clock.</param>
/// <param name="jitter">The share by which latencies vary.</param>
/// <param name="seed">Seeds that.</param>
public sealed class LatencyLedger(TimeProvider time, double jitter, int seed)
{
    private readonly Lock turn = new();
    private readonly List<SimulatedWait> waits = [];
    private readonly Random random = new(seed);

    /// <summary>Whether nothing takes any time just now: while stacks are brought up, say.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Every wait so far, in the order in which they began.</summary>
    public IReadOnlyList<SimulatedWait> Waits
    {
        get
        {
            lock (turn)
            {
                return [.. waits];
            }
        }
    }

    /// <summary>Waits for about <paramref name="latency"/>.</summary>
    public Task WaitAsync(string place, string operation, TimeSpan latency, CancellationToken cancellationToken)
    {
        var end = Begin(place, operation, latency);
        var rest = end - time.GetUtcNow();
        return rest > TimeSpan.Zero ? Task.Delay(rest, time, cancellationToken) : Task.CompletedTask;
    }

    /// <summary>Records something that takes about <paramref name="latency"/> by itself; the result is its end.</summary>
    public DateTimeOffset Begin(string place, string operation, TimeSpan latency)
    {
        var now = time.GetUtcNow();
        if (IsPaused || latency <= TimeSpan.Zero)
        {
            return now;
        }

        lock (turn)
        {
            var wait = new SimulatedWait(place, operation, now, now + (latency * (1 + (jitter * ((random.NextDouble() * 2) - 1)))));
            waits.Add(wait);
            return wait.End;
        }
    }
}

/// <summary>A wait that the sandbox has imposed.</summary>
/// <param name="Place">Where: <c>cloud/region</c>, or <c>github</c>.</param>
/// <param name="Operation">What took the time.</param>
/// <param name="Start">Its beginning.</param>
/// <param name="End">Its end.</param>
public sealed record SimulatedWait(string Place, string Operation, DateTimeOffset Start, DateTimeOffset End);
