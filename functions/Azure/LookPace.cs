using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Orchestrator.Functions.Azure;

/// <summary>
/// How often a stack's ARM is asked while something is waited for. Whoever waits wants to know at once; all who wait share what
/// ARM still answers, which it says with each answer. Source: Azure Resource Manager, request limits and throttling: 250 reads,
/// 25 more each second.
/// </summary>
public sealed class LookPace : HttpPipelineSynchronousPolicy
{
    private const string Header = "x-ms-ratelimit-remaining-subscription-reads";
    private const double Growth = 1.5;
    private const int Plenty = 150;
    private const int Few = 50;
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private int waiting;
    private int left = Plenty;

    /// <summary>Keeps how many reads ARM still answers.</summary>
    public override void OnReceivedResponse(HttpMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Response.Headers.TryGetValue(Header, out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var reads))
        {
            Volatile.Write(ref left, reads);
        }
    }

    /// <summary>Looks until <paramref name="isOver"/>, or for <paramref name="patience"/>, which may be infinite; what was seen last.</summary>
    public async Task<T> WatchAsync<T>(Func<Task<T>> look, Func<T, bool> isOver, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(look);
        ArgumentNullException.ThrowIfNull(isOver);
        ArgumentNullException.ThrowIfNull(time);
        var begun = time.GetTimestamp();
        Interlocked.Increment(ref waiting);
        try
        {
            // Short at first, so that a quick cloud is not waited for.
            for (var delay = First; ; delay = delay < Longest ? delay * Growth : Longest)
            {
                var seen = await look();
                if (isOver(seen) || (patience != Timeout.InfiniteTimeSpan && time.GetElapsedTime(begun) >= patience))
                {
                    return seen;
                }

                var between = Between();
                await Task.Delay(delay < between ? delay : between, time, cancellationToken);
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    // Longer the more wait, and the less ARM still answers: below what comes back to it each second once there are few left.
    private TimeSpan Between()
    {
        var looksPerSecond = Volatile.Read(ref left) switch
        {
            >= Plenty => 100,
            >= Few => 20,
            _ => 5,
        };
        var fair = TimeSpan.FromSeconds((double)Volatile.Read(ref waiting) / looksPerSecond);
        return fair < Shortest ? Shortest : fair > Longest ? Longest : fair;
    }
}
