using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Local.Hosting;

/// <summary>What the embedded host takes from <c>host.json</c>.</summary>
/// <param name="RoutePrefix">The prefix of all routes.</param>
/// <param name="LogLevels">The least level by category; <c>default</c> for the rest.</param>
internal sealed record HostJson(string RoutePrefix, IReadOnlyDictionary<string, LogLevel> LogLevels)
{
    /// <exception cref="InvalidOperationException">The file is missing or no host.json.</exception>
    public static HostJson Read(string file)
    {
        try
        {
            var root = JsonNode.Parse(File.ReadAllText(file));
            var levels = (root?["logging"]?["logLevel"] as JsonObject ?? [])
                .ToDictionary(level => level.Key, level => Enum.Parse<LogLevel>(level.Value!.GetValue<string>(), ignoreCase: true));
            return new(root?["extensions"]?["http"]?["routePrefix"]?.GetValue<string>() ?? "api", levels);
        }
        catch (Exception unreadable) when (unreadable is IOException or JsonException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidOperationException($"Expected the host's settings in '{file}', found none that can be read: {unreadable.Message}", unreadable);
        }
    }
}
