namespace Orchestrator.Sandbox.Azure;

/// <summary>ARM's throttling: so many calls at once, refilled steadily.</summary>
internal sealed class TokenBucket(int size, int refillPerSecond, TimeProvider time)
{
    private readonly Lock turn = new();
    private double tokens = size;
    private long last = time.GetTimestamp();

    /// <summary>Takes one; the result is how many are left, or null when there was none.</summary>
    public int? Take()
    {
        lock (turn)
        {
            tokens = Math.Min(size, tokens + (time.GetElapsedTime(last).TotalSeconds * refillPerSecond));
            last = time.GetTimestamp();
            if (tokens < 1)
            {
                return null;
            }

            tokens--;
            return (int)tokens;
        }
    }
}
