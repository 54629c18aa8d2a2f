using System.Text.Json.Nodes;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Models;

/// <summary>What the servers are called that releases bring to an online endpoint: their weights, and what they run beside. Pure.</summary>
internal static class ServerNames
{
    /// <summary>How many digits of the weights' digest say which they are.</summary>
    public const int WeightsDigits = 12;

    /// <summary>The name. Source: Azure Machine Learning, limits: at most 32 letters, digits and hyphens, the first one a letter.</summary>
    /// <param name="weights">The digest of its weights.</param>
    /// <param name="server">The first digits of the digest of its image and arguments; null for what the stack's own server runs.</param>
    public static string Of(string weights, string? server = null) => $"w-{weights[..WeightsDigits]}{(server is null ? string.Empty : $"-{server}")}";

    /// <summary>Whether a server, as ARM has it, is called as releases call one that loads what it does.</summary>
    public static bool IsOfRelease(JsonObject server) =>
        OnlineServers.DigestOf(server) is { Length: >= WeightsDigits } weights && server["name"].Text() == Of(weights, ServerTemplate.DigestOf(server));
}
