using System.Collections.Concurrent;

namespace Orchestrator.Sandbox.Models.Serving;

/// <summary>
/// Counts requests and tokens by slices of ten seconds. A request that is larger than a slice is let in when there is anything left,
/// and what it took too much is missing later. Source: Azure OpenAI quotas and limits, "how rate limits work".
/// </summary>
internal sealed class RateLimits
{
    private const int SlicesPerMinute = 6;
    private const int TokensPerUnit = 1_000;
    private const int RequestsPerUnit = 6;
    private static readonly TimeSpan Slice = TimeSpan.FromMinutes(1) / SlicesPerMinute;

    private readonly ConcurrentDictionary<string, Count> counts = new(StringComparer.OrdinalIgnoreCase);

    public static int RequestsPerMinute(RateLimit limit) => limit.Capacity * RequestsPerUnit;

    public static int TokensPerMinute(RateLimit limit) => limit.Capacity * TokensPerUnit;

    public RateTaken Take(RateLimit limit, int tokens, DateTimeOffset now)
    {
        var requestsPerSlice = RequestsPerMinute(limit) / SlicesPerMinute;
        var tokensPerSlice = TokensPerMinute(limit) / SlicesPerMinute;
        var count = counts.GetOrAdd(limit.Id, _ => new());
        lock (count)
        {
            var slice = now.Ticks / Slice.Ticks;
            var passed = Math.Min(slice - count.Slice, int.MaxValue);
            count.Slice = slice;
            count.Requests = Math.Max(0, count.Requests - (passed * requestsPerSlice));
            count.Tokens = Math.Max(0, count.Tokens - (passed * tokensPerSlice));
            var exceeded = count.Requests >= requestsPerSlice ? "call" : count.Tokens >= tokensPerSlice ? "token" : null;
            if (exceeded is null)
            {
                count.Requests++;
                count.Tokens += tokens;
            }

            return new(exceeded, Math.Max(0, requestsPerSlice - count.Requests), Math.Max(0, tokensPerSlice - count.Tokens), new DateTimeOffset((slice + 1) * Slice.Ticks, TimeSpan.Zero) - now);
        }
    }

    private sealed class Count
    {
        public long Slice { get; set; }

        public long Requests { get; set; }

        public long Tokens { get; set; }
    }
}

/// <summary>How a request stands to its rate limit.</summary>
/// <param name="Exceeded">What has been used up, <c>call</c> or <c>token</c>; null when the request is let in.</param>
/// <param name="Requests">Requests that are left in this slice.</param>
/// <param name="Tokens">Tokens that are left in this slice.</param>
/// <param name="Wait">How long the slice lasts yet.</param>
internal sealed record RateTaken(string? Exceeded, long Requests, long Tokens, TimeSpan Wait);
