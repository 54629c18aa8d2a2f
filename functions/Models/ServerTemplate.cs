using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Core.Releases;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Models;

/// <summary>
/// What a server of an online endpoint is asked for with: as the one that serves, with other weights, and with the image and the
/// arguments that its release gives or else the stack's own server has. Pure.
/// </summary>
internal static class ServerTemplate
{
    /// <summary>The environment variable that has a server's arguments.</summary>
    public const string Arguments = "SERVER_ARGUMENTS";

    private const string Weights = "weights-digest";
    private const string Runs = "server-digest";

    /// <summary>The body.</summary>
    /// <param name="serving">What serves now, as ARM has it.</param>
    /// <param name="own">What the stack's own server runs.</param>
    /// <param name="pin">The weights, and what serves them.</param>
    /// <param name="container">The ARM id of the pinned image's container; null where no image is pinned.</param>
    public static JsonObject Of(JsonObject serving, StackServer own, WeightsPin pin, string? container)
    {
        var body = OnlineTraffic.Writable(serving);
        var properties = body["properties"]!.AsObject();
        var variables = properties["environmentVariables"]?.DeepClone() as JsonObject ?? [];
        variables["WEIGHTS_DIGEST"] = pin.Digest.Value;
        variables["WEIGHTS_URL"] = variables["WEIGHTS_URL"].Text() is { } url ? $"{url[..(url.LastIndexOf('/') + 1)]}{pin.Digest}" : null;
        Say(variables, Arguments, pin.Server?.Arguments is { Count: > 0 } arguments ? JsonSerializer.Serialize(arguments) : own.Arguments);
        properties["environmentVariables"] = variables;
        Say(properties, "environmentId", container ?? own.Container);
        var notes = new JsonObject
        {
            ["weights-repository"] = pin.Repository,
            ["weights-revision"] = pin.Revision.Value,
            [Weights] = pin.Digest.Value,
            ["weights-license"] = pin.License,
        };
        Say(notes, Runs, ModelPlanner.ServerDigestOf(pin.Server));
        foreach (var (note, value) in own.Notes())
        {
            Say(notes, note, value);
        }

        properties["properties"] = notes;
        return body;
    }

    /// <summary>What a server runs beside its weights, in the words of <see cref="ModelEntry.ServerDigest"/>.</summary>
    public static string? DigestOf(JsonObject server) => (server["properties"]?["properties"]?[Runs]).Text();

    /// <summary>Whether a server notes its weights, as those do that are made like this.</summary>
    public static bool HasNotes(JsonObject server) => (server["properties"]?["properties"]?[Weights]).Text() is { } noted && noted == OnlineServers.DigestOf(server);

    /// <summary>What it runs, for people.</summary>
    public static string Told(string? digest) => digest is null ? "what the stack's own server runs" : $"image and arguments {digest}";

    private static void Say(JsonObject into, string name, string? value)
    {
        if (value is null)
        {
            into.Remove(name);
            return;
        }

        into[name] = value;
    }
}
