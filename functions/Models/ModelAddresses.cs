using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Models;

/// <summary>Where models answer themselves, without the gateway, and with which token.</summary>
/// <param name="stacks">The way to each stack's models.</param>
public sealed class ModelAddresses(StackConnections stacks)
{
    /// <summary>
    /// The base of a model's OpenAI-compatible API, with its slash. Source: Azure OpenAI, v1 API; vLLM and SGLang serve the same
    /// paths at their root, an online endpoint passes them on.
    /// </summary>
    public static Uri ApiOf(ModelKind kind, ModelEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var endpoint = new Uri(entry.Endpoint);
        return kind switch
        {
            ModelKind.Closed => new Uri(endpoint, "/openai/v1/"),

            // What ARM gives is the address of one route.
            ModelKind.Online => new Uri(endpoint, "/v1/"),
            _ => new Uri(endpoint.AbsoluteUri.EndsWith('/') ? endpoint : new Uri($"{endpoint.AbsoluteUri}/"), "v1/"),
        };
    }

    /// <summary>The client that reaches the stack's models.</summary>
    public HttpClient ClientOf(RegionTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return stacks.Of(target.Stack).Models;
    }

    /// <summary>A token for a model; null where it takes none.</summary>
    /// <exception cref="StackUnavailableException">Signing in failed.</exception>
    /// <exception cref="StackRefusedException">ARM refuses the endpoint's own token.</exception>
    public async Task<string?> TokenAsync(RegionTarget target, ModelEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(entry);
        if (string.IsNullOrEmpty(entry.Scope))
        {
            return null;
        }

        var connection = stacks.Of(target.Stack);
        return entry.TokenEndpoint is null
            ? await ArmErrors.TranslateAsync(target.ToString(), $"signing in to {entry.Name}", async () => (await connection.Credential.GetTokenAsync(new([entry.Scope]), cancellationToken)).Token)
            : await ArmErrors.TranslateAsync(target.ToString(), $"asking for {entry.Name}'s own token", async () =>
            {
                using var message = connection.Ask(connection.Pipeline, RequestMethod.Post, new Uri(entry.TokenEndpoint).PathAndQuery);
                await connection.Pipeline.SendAsync(message, cancellationToken);
                return message.Response.IsError ? throw new RequestFailedException(message.Response) : JsonNode.Parse(message.Response.Content)?["accessToken"]?.GetValue<string>();
            });
    }
}
