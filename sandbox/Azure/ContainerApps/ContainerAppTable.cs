using System.Collections.Concurrent;

namespace Orchestrator.Sandbox.Azure.ContainerApps;

/// <summary>The container apps of a cloud, by the id of their resource and by their host: a request to a workload knows only that.</summary>
internal sealed class ContainerAppTable
{
    private readonly ConcurrentDictionary<string, ContainerApp> byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, ContainerApp> byHost = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All of them, by the id of their resource.</summary>
    public IEnumerable<KeyValuePair<string, ContainerApp>> All => byId;

    /// <summary>The app of that resource, or null.</summary>
    public ContainerApp? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>The app with that host, without a port, or null.</summary>
    public ContainerApp? AtHost(string host) => byHost.GetValueOrDefault(host);

    public void Put(string id, ContainerApp app)
    {
        byId[id] = app;
        byHost[app.Host] = app;
    }

    public void Remove(string id)
    {
        if (byId.TryRemove(id, out var app))
        {
            byHost.TryRemove(app.Host, out _);
        }
    }
}
