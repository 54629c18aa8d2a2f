using System.ClientModel.Primitives;
using System.Globalization;
using System.Net.Http.Headers;

namespace Orchestrator.Functions.Suites.Calls;

/// <summary>When a request is sent again.</summary>
internal static class RetryDelays
{
    /// <summary>How often at most.</summary>
    public const int Most = 3;

    // A limit that lifts later than this is not waited for.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    /// <summary>How long to wait before the next of several; null for no more.</summary>
    /// <param name="retries">How many there were.</param>
    /// <param name="response">What the server answered; null when it did not.</param>
    /// <param name="time">The clock that dates are compared with.</param>
    public static TimeSpan? Next(int retries, PipelineResponse? response, TimeProvider time)
    {
        var wait = (response is null ? null : Asked(response, time)) ?? First * Math.Pow(2, retries);
        return retries < Most && wait <= Longest ? wait : null;
    }

    // Azure sends milliseconds too, vendors of open models only seconds: OpenAI's own client reads both.
    private static TimeSpan? Asked(PipelineResponse response, TimeProvider time)
    {
        if (response.Headers.TryGetValue("retry-after-ms", out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        if (!response.Headers.TryGetValue("retry-after", out var value) || !RetryConditionHeaderValue.TryParse(value, out var condition))
        {
            return null;
        }

        var wait = condition.Delta ?? condition.Date - time.GetUtcNow() ?? TimeSpan.Zero;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
