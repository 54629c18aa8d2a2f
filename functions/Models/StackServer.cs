using System.Text.Json.Nodes;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Models;

/// <summary>
/// What the stack's own server runs: as the infra program has made it; where that is gone, as the servers made since have it noted.
/// A release that says nothing of a server gets that, and not what was in between. Pure.
/// </summary>
/// <param name="Name">What the server is called; null when nobody has noted it.</param>
/// <param name="Container">The ARM id of its container.</param>
/// <param name="Arguments">Its arguments, as it is told them.</param>
internal sealed record StackServer(string? Name, string? Container, string? Arguments)
{
    private const string NameNote = "own-server";
    private const string ContainerNote = "own-environment";
    private const string ArgumentsNote = "own-arguments";

    /// <summary>The server. Of several that came up the one that serves, else the one that was noted: the first one where none was.</summary>
    /// <param name="serving">What serves now, as ARM has it.</param>
    /// <param name="servers">All of the endpoint's servers.</param>
    public static StackServer Of(JsonObject serving, IEnumerable<JsonObject> servers)
    {
        if (IsMade(serving))
        {
            return From(serving);
        }

        var noted = NotedBy(serving);
        var made = servers.Where(one => IsMade(one) && (one["properties"]?["provisioningState"]).Text() is not ("Failed" or "Canceled")).Select(From).OrderBy(one => one.Name, StringComparer.Ordinal).ToArray();
        return made.FirstOrDefault(one => one.Name == noted?.Name) ?? made.FirstOrDefault() ?? noted ?? From(serving);
    }

    /// <summary>What a server that is made after it notes of it.</summary>
    public IEnumerable<(string Note, string? Value)> Notes() => [(NameNote, Name), (ContainerNote, Container), (ArgumentsNote, Arguments)];

    // Servers that releases have brought have the infra program's tag too where builds made them that had no mark of their own.
    private static bool IsMade(JsonObject server) => Makers.IsOfInfraProgram(server) && !ServerNames.IsOfRelease(server);

    private static StackServer From(JsonObject server)
    {
        var properties = server["properties"];
        return new(server["name"].Text(), (properties?["environmentId"]).Text(), (properties?["environmentVariables"]?[ServerTemplate.Arguments]).Text());
    }

    private static StackServer? NotedBy(JsonObject server)
    {
        var notes = server["properties"]?["properties"];
        return (notes?[ContainerNote]).Text() is { } container ? new((notes?[NameNote]).Text(), container, (notes?[ArgumentsNote]).Text()) : null;
    }
}
