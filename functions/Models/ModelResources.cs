using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Models;

/// <summary>The ARM resources that serve a region's models: read, put whole, removed.</summary>
/// <param name="stacks">The way to each stack's ARM.</param>
public sealed class ModelResources(StackConnections stacks)
{
    /// <summary>The resource as ARM has it; null when there is none.</summary>
    /// <exception cref="StackUnavailableException">ARM could not be asked, or not now.</exception>
    /// <exception cref="StackRefusedException">ARM refuses to say.</exception>
    public Task<JsonObject?> ReadAsync(RegionTarget target, string path, string version, CancellationToken cancellationToken) =>
        ReadAtAsync(target, stacks.Of(target.Stack).IdIn(target.Region, path), version, cancellationToken);

    /// <summary>What ARM has of a subscription's provider, e.g. its usages; null when there is nothing.</summary>
    /// <exception cref="StackUnavailableException">ARM could not be asked, or not now.</exception>
    /// <exception cref="StackRefusedException">ARM refuses to say.</exception>
    public Task<JsonObject?> ReadProviderAsync(RegionTarget target, string path, string version, CancellationToken cancellationToken) =>
        ReadAtAsync(target, $"/subscriptions/{stacks.Of(target.Stack).Stack.SubscriptionId}/providers/{path}", version, cancellationToken);

    /// <summary>Asks for the resource as it is described, and does not wait for it. The same again changes nothing.</summary>
    /// <exception cref="StackUnavailableException">ARM could not be asked, or not now.</exception>
    /// <exception cref="StackRefusedException">ARM refuses it.</exception>
    public Task PutAsync(RegionTarget target, string path, string version, JsonObject body, CancellationToken cancellationToken) =>
        ArmErrors.TranslateAsync(target.ToString(), $"putting {path}", async () =>
        {
            var connection = stacks.Of(target.Stack);
            using var message = connection.Ask(connection.Pipeline, RequestMethod.Put, $"{connection.IdIn(target.Region, path)}?api-version={version}");
            message.Request.Headers.Add("Content-Type", "application/json");
            message.Request.Content = RequestContent.Create(BinaryData.FromString(body.ToJsonString()));
            await connection.Pipeline.SendAsync(message, cancellationToken);
            return message.Response.IsError ? throw new RequestFailedException(message.Response) : true;
        });

    /// <summary>Removes the resource, if it is there.</summary>
    /// <exception cref="StackUnavailableException">ARM could not be asked, or not now.</exception>
    /// <exception cref="StackRefusedException">ARM refuses.</exception>
    public Task RemoveAsync(RegionTarget target, string path, string version, CancellationToken cancellationToken) =>
        ArmErrors.TranslateAsync(target.ToString(), $"removing {path}", async () =>
        {
            var connection = stacks.Of(target.Stack);
            using var message = connection.Ask(connection.Pipeline, RequestMethod.Delete, $"{connection.IdIn(target.Region, path)}?api-version={version}");
            await connection.Pipeline.SendAsync(message, cancellationToken);
            return message.Response is { IsError: true, Status: not 404 } ? throw new RequestFailedException(message.Response) : true;
        });

    private Task<JsonObject?> ReadAtAsync(RegionTarget target, string id, string version, CancellationToken cancellationToken) =>
        ArmErrors.TranslateAsync(target.ToString(), $"reading {id[(id.IndexOf("/providers/", StringComparison.Ordinal) + "/providers/".Length)..]}", async () =>
        {
            var connection = stacks.Of(target.Stack);
            using var message = connection.Ask(connection.Pipeline, RequestMethod.Get, $"{id}?api-version={version}");
            await connection.Pipeline.SendAsync(message, cancellationToken);
            return message.Response.Status == 404 ? null
                : message.Response.IsError ? throw new RequestFailedException(message.Response)
                : JsonNode.Parse(message.Response.Content) as JsonObject;
        });
}
