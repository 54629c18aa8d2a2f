using System.Collections.Concurrent;

namespace Orchestrator.Sandbox.Models;

/// <summary>
/// A customer's own cluster that the cloud knows nothing of. Each of its servers has a name, an address
/// <c>NAME.external.CLOUD.localhost</c>, and the models that were registered for it.
/// </summary>
public sealed class ExternalCluster
{
    private const string Marker = ".verified.json";

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, ExternalModel>> servers = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Func<string, ExternalModel?>> operators = new(StringComparer.OrdinalIgnoreCase);
    private readonly Func<string, Uri> address;

    internal ExternalCluster(Func<string, Uri> address) => this.address = address;

    /// <summary>The address of a server, without a path.</summary>
    public Uri AddressOf(string server) => address(server);

    /// <summary>Lets a server serve a model, or serve it otherwise.</summary>
    public void Serve(string server, ExternalModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        servers.GetOrAdd(server, _ => new(StringComparer.Ordinal))[model.ServedName] = model;
    }

    /// <summary>Takes a model from a server.</summary>
    public void Stop(string server, string servedName)
    {
        if (servers.TryGetValue(server, out var models))
        {
            models.TryRemove(servedName, out _);
        }
    }

    /// <summary>
    /// Lets a server's operator bring up whatever weights are verified in the cloud's blob storage: those of a folder
    /// <c>DIGEST</c> in a container, once it has a marker <c>.verified.json</c>.
    /// </summary>
    /// <param name="server">The server.</param>
    /// <param name="bringUp">What is served for a digest; null for weights that are not this server's.</param>
    public void FollowStorage(string server, Func<string, ExternalModel?> bringUp) => operators[server] = bringUp;

    /// <summary>Tells the operators of a blob that has been written.</summary>
    internal void Written(string blob)
    {
        if (blob.Split('/') is not [.., var digest, Marker])
        {
            return;
        }

        foreach (var (server, bringUp) in operators)
        {
            if (bringUp(digest) is { } model)
            {
                Serve(server, model);
            }
        }
    }

    /// <summary>What a server serves; none when nothing runs there.</summary>
    internal IReadOnlyList<ExternalModel> ModelsOf(string server) =>
        servers.TryGetValue(server, out var models) ? [.. models.Values.OrderBy(model => model.ServedName, StringComparer.Ordinal)] : [];
}

/// <summary>A model on an external server.</summary>
/// <param name="ServedName">The name that requests carry.</param>
/// <param name="WeightsDigest">The digest of its weights, with or without <c>sha256:</c>; the catalog says how good they are.</param>
/// <param name="Engine">What serves it.</param>
public sealed record ExternalModel(string ServedName, string WeightsDigest, ServingEngine Engine = ServingEngine.Vllm)
{
    /// <summary>When its weights are loaded.</summary>
    public DateTimeOffset LoadedFrom { get; init; } = DateTimeOffset.MinValue;

    /// <summary>The key that requests below <c>/v1</c> need, or null.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The longest context, in tokens.</summary>
    public int MaxModelLength { get; init; } = 32_768;
}
