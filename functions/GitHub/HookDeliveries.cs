using System.Text;
using System.Text.Json;
using Octokit;
using Octokit.Webhooks;
using Orchestrator.Core.Names;

namespace Orchestrator.Functions.GitHub;

/// <summary>
/// The webhook deliveries that GitHub has tried: the app's own, where this instance is an app; else those of the repository's
/// webhooks. GitHub keeps them for three days. Octokit 14 knows neither list, which go by cursors.
/// </summary>
/// <param name="gitHub">The way to GitHub.</param>
public sealed class HookDeliveries(GitHubConnection gitHub)
{
    /// <summary>How long GitHub keeps them.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(3);

    // A list that is longer belongs to an app of very many repositories; releases that it hides are in the list of releases.
    private const int MostPages = 100;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly Dictionary<string, string> LargestPage = new() { ["per_page"] = "100" };

    private IConnection Connection => (gitHub.App ?? gitHub.Octokit).Connection;

    /// <summary>The deliveries of releases since a time, newest first.</summary>
    /// <exception cref="ApiException">GitHub could not be asked, or not now.</exception>
    public async Task<HookDeliveryList> SinceAsync(RepositoryName repository, DateTimeOffset since)
    {
        ArgumentNullException.ThrowIfNull(repository);
        try
        {
            var found = new List<HookDelivery>();
            var isWhole = true;
            foreach (var list in gitHub.App is null ? await HooksAsync(repository) : [new("app/hook/deliveries", UriKind.Relative)])
            {
                isWhole &= await ReadAsync(list, since, found);
            }

            return new(found, isWhole ? null : $"more than {MostPages} pages of deliveries since the sweep before: the oldest are not looked at");
        }
        catch (Exception refused) when (IsRefusal(refused))
        {
            return new([], $"{(gitHub.App is null ? $"the token may not list the webhooks of {repository}" : "the app has no webhook whose deliveries could be listed")} (GitHub answers {(int)((ApiException)refused).StatusCode}): only the list of releases is looked at");
        }
    }

    /// <summary>The payload of a delivery; null when GitHub does not have it any more.</summary>
    /// <exception cref="ApiException">GitHub could not be asked, or not now.</exception>
    public async Task<ReadOnlyMemory<byte>?> PayloadAsync(HookDelivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        try
        {
            using var found = JsonDocument.Parse(Text(await Connection.Get<object>(delivery.Address, null)));
            return found.RootElement.TryGetProperty("request", out var request)
                && request.TryGetProperty("payload", out var payload)
                && payload.ValueKind == JsonValueKind.Object
                    ? Encoding.UTF8.GetBytes(payload.GetRawText())
                    : null;
        }
        catch (NotFoundException)
        {
            return null;
        }
    }

    // Of several kinds of 403 only the plain one is about rights.
    private static bool IsRefusal(Exception failure) => failure is NotFoundException || failure.GetType() == typeof(ForbiddenException);

    private static string Text(IApiResponse<object> response) => response.HttpResponse.Body as string ?? string.Empty;

    private async Task<IReadOnlyList<Uri>> HooksAsync(RepositoryName repository)
    {
        var hooks = new Uri($"repos/{repository}/hooks", UriKind.Relative);
        var found = JsonSerializer.Deserialize<List<HookItem>>(Text(await Connection.Get<object>(hooks, LargestPage)), Json)!;
        return [.. found.Where(hook => hook.Hears(WebhookEventType.Release)).Select(hook => new Uri($"{hooks}/{hook.Id}/deliveries", UriKind.Relative))];
    }

    private async Task<bool> ReadAsync(Uri list, DateTimeOffset since, List<HookDelivery> found)
    {
        var page = await Connection.Get<object>(list, LargestPage);
        for (var pages = 1; ; pages++)
        {
            var items = JsonSerializer.Deserialize<List<DeliveryItem>>(Text(page), Json)!;
            found.AddRange(items.Where(item => item.Event == WebhookEventType.Release && item.DeliveredAt >= since).Select(item => item.At(list)));
            if (items.Any(item => item.DeliveredAt < since) || !page.HttpResponse.ApiInfo.Links.TryGetValue("next", out var next))
            {
                return true;
            }

            if (pages == MostPages)
            {
                return false;
            }

            page = await Connection.Get<object>(next, null);
        }
    }

    private sealed record HookItem(long Id, IReadOnlyList<string>? Events)
    {
        public bool Hears(string name) => Events?.Any(one => one == name || one == "*") == true;
    }

    private sealed record DeliveryItem(long Id, string Guid, DateTimeOffset DeliveredAt, string Event, string? Action, string? Status)
    {
        public HookDelivery At(Uri list) => new(Guid, new($"{list}/{Id}", UriKind.Relative), DeliveredAt, Event, Action, Status ?? "unknown");
    }
}

/// <summary>Deliveries that GitHub has tried.</summary>
/// <param name="Deliveries">The deliveries, newest first.</param>
/// <param name="Limit">What cannot be seen, and why; null for nothing.</param>
public sealed record HookDeliveryList(IReadOnlyList<HookDelivery> Deliveries, string? Limit);

/// <summary>One attempt at a delivery.</summary>
/// <param name="Id">The delivery's id; attempts at the same delivery share it.</param>
/// <param name="Address">Where the API has the attempt in full.</param>
/// <param name="DeliveredAt">When it was made.</param>
/// <param name="Event">The event.</param>
/// <param name="Action">The event's action.</param>
/// <param name="Status"><c>OK</c>, or what went wrong.</param>
public sealed record HookDelivery(string Id, Uri Address, DateTimeOffset DeliveredAt, string Event, string? Action, string Status)
{
    /// <summary>Whether whoever it went to has taken it.</summary>
    public bool IsOk => Status == "OK";
}
