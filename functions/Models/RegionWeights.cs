using System.Collections.Concurrent;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Orchestrator.Core.Names;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Weights;

namespace Orchestrator.Functions.Models;

/// <summary>The ways to a stack's hub and to the storage of its regions.</summary>
/// <param name="stacks">The way to each stack.</param>
/// <param name="resources">The regions' resources.</param>
/// <param name="time">The clock.</param>
public sealed class RegionWeights(StackConnections stacks, ModelResources resources, TimeProvider time)
{
    private static readonly TimeSpan NetworkTimeout = TimeSpan.FromSeconds(100);

    private readonly ConcurrentDictionary<(StackName Stack, string? Account), Uri> storages = new();

    /// <summary>The hub that the stack's weights come from; null when it has none.</summary>
    public WeightsHub? HubOf(RegionTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var connection = stacks.Of(target.Stack);
        return connection.Stack.WeightsHub is { } hub ? new(connection.Hub, hub.Address, time) : null;
    }

    /// <summary>The region's storage of weights.</summary>
    /// <exception cref="StackUnavailableException">ARM could not be asked, or not now.</exception>
    /// <exception cref="StackRefusedException">There is none, or ARM refuses to say.</exception>
    public async Task<WeightsStorage> StorageOfAsync(RegionTarget target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var connection = stacks.Of(target.Stack);

        // Not by the region: each order brings one of its own, which equals no other.
        var key = (target.Stack, target.Region.Models?.Storage);
        if (!storages.TryGetValue(key, out var address))
        {
            storages[key] = address = await AddressAsync(target, cancellationToken);
        }

        var options = new BlobClientOptions { Transport = new HttpClientTransport(connection.Storage) };
        options.Retry.NetworkTimeout = NetworkTimeout;
        return new(new BlobContainerClient(new Uri(address, RegionModels.WeightsContainer), connection.Credential, options));
    }

    // Where an account answers is read and not composed: clouds and zones differ.
    private async Task<Uri> AddressAsync(RegionTarget target, CancellationToken cancellationToken)
    {
        var path = $"Microsoft.Storage/storageAccounts/{target.Region.Models!.Storage}";
        var account = await resources.ReadAsync(target, path, ApiVersions.Storage, cancellationToken);
        return account?["properties"]?["primaryEndpoints"]?["blob"]?.GetValue<string>() is { } blob
            ? new Uri(blob)
            : throw new StackRefusedException($"{target}: expected a storage account {target.Region.Models.Storage} with blobs, which weights are staged into; found none");
    }
}
