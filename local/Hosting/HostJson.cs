using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Local.Hosting;

/// <summary>What the embedded host takes from <c>host.json</c>.</summary>
/// <param name="RoutePrefix">The prefix of all routes, without slashes around it; empty for none.</param>
/// <param name="LogLevels">The least level by category; <c>default</c> for the rest.</param>
/// <param name="WorkflowVersion">The version that orchestrations are begun with; empty for none.</param>
/// <param name="ActivitiesAtOnce">How many activities run at once; null when it does not say.</param>
internal sealed record HostJson(string RoutePrefix, IReadOnlyDictionary<string, LogLevel> LogLevels, string WorkflowVersion, int? ActivitiesAtOnce)
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <exception cref="InvalidOperationException">The file is missing or no host.json.</exception>
    public static async Task<HostJson> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = File.OpenRead(file);
            var root = await JsonNode.ParseAsync(stream, documentOptions: Lenient, cancellationToken: cancellationToken);
            var levels = (root?["logging"]?["logLevel"] as JsonObject ?? [])
                .ToDictionary(level => level.Key, level => Enum.Parse<LogLevel>(level.Value?.GetValue<string>() ?? string.Empty, ignoreCase: true));
            var durable = root?["extensions"]?["durableTask"];
            return new(
                (root?["extensions"]?["http"]?["routePrefix"]?.GetValue<string>() ?? "api").Trim('/'),
                levels,
                durable?["defaultVersion"]?.GetValue<string>() ?? string.Empty,
                Positive(durable?["maxConcurrentActivityFunctions"]?.GetValue<int>()));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidOperationException($"Expected the host's settings in '{file}', found none that can be read: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>A function's path.</summary>
    public string PathOf(string route) => RoutePrefix.Length == 0 ? $"/{route.TrimStart('/')}" : $"/{RoutePrefix}/{route.TrimStart('/')}";

    private static int? Positive(int? count) => count is null or > 0 ? count : throw new ArgumentException($"maxConcurrentActivityFunctions: expected at least 1, found {count}");
}
