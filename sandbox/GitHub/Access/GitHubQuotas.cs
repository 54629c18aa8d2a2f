using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.Sandbox.GitHub.Access;

/// <summary>
/// How much may be asked for: the primary limit of all requests in an hour, and the secondary ones of what creates content. Source:
/// "Rate limits for the REST API".
/// </summary>
internal sealed class GitHubQuotas(GitHubState state)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Lock turn = new();
    private readonly List<SandboxWrite> writes = [];
    private DateTimeOffset reset;
    private int used;

    public IReadOnlyList<SandboxWrite> Writes
    {
        get
        {
            lock (turn)
            {
                return [.. writes];
            }
        }
    }

    /// <summary>Counts a request and tells what is left; throws what GitHub answers when nothing is.</summary>
    public void Count(HttpContext context)
    {
        lock (turn)
        {
            var now = state.Now;
            (reset, used) = now >= reset ? (now + Hour, 1) : (reset, used + 1);
            Tell(context.Response, state.Fault == GitHubFault.RateLimited ? 0 : Left);
        }
    }

    /// <summary>Throws what GitHub answers when the primary limit is used up.</summary>
    public void CheckPrimary()
    {
        lock (turn)
        {
            if (used > state.Options.RequestsPerHour)
            {
                throw new GitHubException(403, "API rate limit exceeded for installation.");
            }
        }
    }

    /// <summary>Takes note of a request that creates content; throws what GitHub answers when there were too many.</summary>
    public void CheckSecondary(HttpContext context)
    {
        if (!CreatesContent(context.Request))
        {
            return;
        }

        lock (turn)
        {
            var now = state.Now;
            var wait = new[] { Wait(now, state.Options.WritesPerMinute, Minute), Wait(now, state.Options.WritesPerHour, Hour) }.Max();
            writes.Add(new(now, context.Request.Method, context.Request.Path.Value!, wait == TimeSpan.Zero));
            if (wait > TimeSpan.Zero)
            {
                context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                throw new GitHubException(403, "You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.");
            }
        }
    }

    public JsonObject View()
    {
        lock (turn)
        {
            return new() { ["limit"] = state.Options.RequestsPerHour, ["remaining"] = Left, ["used"] = used, ["reset"] = reset.ToUnixTimeSeconds() };
        }
    }

    private int Left => Math.Max(0, state.Options.RequestsPerHour - used);

    // Webhooks and their deliveries are configuration, not content.
    private static bool CreatesContent(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && request.Path.Value!.Split('/') is ["", "repos", _, _, not "hooks", ..];

    private TimeSpan Wait(DateTimeOffset now, int most, TimeSpan window)
    {
        var recent = writes.Where(write => write.IsTaken && write.At > now - window).ToArray();
        return recent.Length < most ? TimeSpan.Zero : recent[^most].At + window - now;
    }

    private void Tell(HttpResponse response, int left)
    {
        response.Headers["X-RateLimit-Limit"] = state.Options.RequestsPerHour.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-RateLimit-Remaining"] = left.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-RateLimit-Used"] = used.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-RateLimit-Reset"] = reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        response.Headers["X-RateLimit-Resource"] = "core";
    }
}
