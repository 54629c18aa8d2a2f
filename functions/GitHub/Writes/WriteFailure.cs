using System.Globalization;
using System.Net;
using System.Runtime.Serialization;
using Octokit;

namespace Orchestrator.Functions.GitHub.Writes;

/// <summary>Why something could not be written.</summary>
/// <param name="Kind">What follows.</param>
/// <param name="Why">For people.</param>
/// <param name="Until">Until when GitHub asks for patience; null when it does not say.</param>
public sealed record WriteFailure(WriteFailureKind Kind, string Why, DateTimeOffset? Until = null)
{
    private const string RetryAfter = "Retry-After";
    private const string Remaining = "X-RateLimit-Remaining";
    private const string Reset = "X-RateLimit-Reset";
    private const int LongestWhy = 200;

    /// <summary>What an exception of Octokit's means; null when it is not GitHub's doing.</summary>
    public static WriteFailure? Of(Exception failure, DateTimeOffset now) => failure switch
    {
        ApiException refusal => Of(refusal, now),
        HttpRequestException or IOException or OperationCanceledException or SerializationException => new(WriteFailureKind.Down, Shorten($"GitHub cannot be asked: {failure.Message}")),
        _ => null,
    };

    // GitHub answers both limits with 403 or 429. Source: "Rate limits for the REST API", exceeding the rate limit.
    private static WriteFailure Of(ApiException refusal, DateTimeOffset now)
    {
        var why = Shorten($"GitHub answers {(int)refusal.StatusCode}: {refusal.Message}");
        // Who is not let in at all has lost nothing yet: somebody has to renew a secret.
        if (refusal.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.Unauthorized)
        {
            return new(WriteFailureKind.Down, why);
        }

        if (refusal.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests))
        {
            return new(WriteFailureKind.Refused, why);
        }

        if (Number(refusal, RetryAfter) is { } seconds)
        {
            return new(WriteFailureKind.Limited, why, now.AddSeconds(seconds));
        }

        if (Number(refusal, Remaining) == 0)
        {
            return new(WriteFailureKind.Limited, why, Number(refusal, Reset) is { } reset ? DateTimeOffset.FromUnixTimeSeconds(reset) : null);
        }

        return refusal.StatusCode == HttpStatusCode.TooManyRequests || refusal is AbuseException or SecondaryRateLimitExceededException or RateLimitExceededException
            ? new(WriteFailureKind.Limited, why)
            : new(WriteFailureKind.Refused, why);
    }

    private static string Shorten(string why) => why.Length <= LongestWhy ? why : $"{why[..(LongestWhy - 1)]}…";

    private static long? Number(ApiException refusal, string header) =>
        refusal.HttpResponse?.Headers.FirstOrDefault(one => one.Key.Equals(header, StringComparison.OrdinalIgnoreCase)).Value is { } text
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

/// <summary>What follows when something could not be written.</summary>
public enum WriteFailureKind
{
    /// <summary>A limit is reached: nothing is written for a while.</summary>
    Limited,

    /// <summary>GitHub is down or out of reach: it is asked again in a while.</summary>
    Down,

    /// <summary>GitHub does not take this: a right is missing, or what it is about is gone.</summary>
    Refused,
}
