using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Azure.ContainerApps;
using Orchestrator.Sandbox.Faults;
using Orchestrator.Sandbox.Workloads;

namespace Orchestrator.Sandbox.Models.Serving;

/// <summary>
/// What online endpoints have been asked, by server and status: real requests as they come, and those that a region's users would have
/// sent through their gateway. What names no server is copied as the endpoint says; what names one goes there, and nowhere else.
/// </summary>
internal sealed class EndpointTraffic(CloudState cloud, int seed)
{
    private const int All = 100;

    private readonly Lock turn = new();
    private readonly Random random = new(seed);
    private readonly ConcurrentDictionary<(string Endpoint, string Server, int? ModelStatus), RequestMetrics> servers = [];

    /// <summary>What each server of an endpoint has been asked, by the status that it answered with itself; null where it did not.</summary>
    public IEnumerable<(string Server, int? ModelStatus, RequestMetrics Requests)> Of(Resource endpoint) => servers
        .Where(one => one.Key.Endpoint == endpoint.Id)
        .Select(one => (one.Key.Server, one.Key.ModelStatus, one.Value));

    /// <summary>Counts a request that a server has answered with a status, and its copies.</summary>
    public void Count(OnlineRoute route, string server, int status)
    {
        lock (turn)
        {
            Record(route.Endpoint, server, cloud.Now, status, 1);
            if (!route.IsNamed)
            {
                Copy(route.Endpoint, cloud.Now, 1);
            }
        }
    }

    /// <summary>The endpoints that a gateway's revision asks, and how many models it asks in all.</summary>
    public EndpointUse UseOf(Revision revision)
    {
        var entries = GatewayModels.Of(revision).ToArray();
        return new(entries.Length, [.. entries.Select(RouteOf).OfType<GatewayRoute>()]);
    }

    /// <summary>Makes up what a gateway's revision has asked while it answered so many of its users: each model as often as the others.</summary>
    public void Serve(EndpointUse use, DateTimeOffset at, long requests)
    {
        lock (turn)
        {
            foreach (var (endpoint, named) in use.Routes)
            {
                Ask(endpoint, named, at, Part(requests, 1.0 / use.Models));
            }
        }
    }

    private GatewayRoute? RouteOf(JsonObject entry) =>
        GatewayModels.HostOf(entry) is { } host
            && ModelAddress.Of(host, cloud) is { Kind: ModelAddress.Online } address
            && cloud.Locator.Endpoint(address.Name) is { } endpoint
            ? new(endpoint, GatewayModels.ServerOf(entry))
            : null;

    private void Ask(Resource endpoint, string? named, DateTimeOffset at, long requests)
    {
        if (named is not null)
        {
            Answer(endpoint, named, at, requests);
            return;
        }

        foreach (var (server, share) in Shares(endpoint, "traffic"))
        {
            Answer(endpoint, server, at, Part(requests, share));
        }

        Copy(endpoint, at, requests);
    }

    private void Copy(Resource endpoint, DateTimeOffset at, long requests)
    {
        foreach (var (server, share) in Shares(endpoint, "mirrorTraffic"))
        {
            Answer(endpoint, server, at, Part(requests, share));
        }
    }

    private void Answer(Resource endpoint, string server, DateTimeOffset at, long requests)
    {
        if (cloud.Locator.Online(endpoint, server).Model is not { } served)
        {
            Record(endpoint, server, at, null, requests);
            return;
        }

        var (status, share) = cloud.ModelFaults.Find(served.Names) switch
        {
            (ModelFaultKind.Errors, var part) => (500, part),
            (ModelFaultKind.RateLimited, var part) => (429, part),
            _ => (200, 1.0),
        };
        var hit = Part(requests, share);
        Record(endpoint, server, at, status, hit);
        Record(endpoint, server, at, 200, requests - hit);
    }

    // A server that is not there has no status of its own.
    private void Record(Resource endpoint, string server, DateTimeOffset at, int? modelStatus, long requests)
    {
        if (requests > 0)
        {
            var status = modelStatus is null ? 503 : modelStatus is >= 200 and < 300 ? modelStatus.Value : ModelErrors.Status;
            servers.GetOrAdd((endpoint.Id, server, modelStatus), _ => new(cloud.Now)).Record(at, new(status), seconds: 0, requests);
        }
    }

    // What does not come out even falls to one side or the other, each as often as it should.
    private long Part(long requests, double share) => Math.Min(requests, (long)((requests * share) + random.NextDouble()));

    private static IEnumerable<(string Server, double Share)> Shares(Resource endpoint, string name) =>
        (endpoint.Body["properties"]?[name] as JsonObject ?? []).Select(share => (share.Key, (share.Value?.GetValue<int>() ?? 0) / (double)All));
}

/// <summary>How a request came to a server of an online endpoint.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="IsNamed">Whether it named the server itself.</param>
internal sealed record OnlineRoute(Resource Endpoint, bool IsNamed);

/// <summary>What a gateway's revision asks of online endpoints.</summary>
/// <param name="Models">How many models it asks in all.</param>
/// <param name="Routes">Those that are behind online endpoints.</param>
internal sealed record EndpointUse(int Models, IReadOnlyList<GatewayRoute> Routes);

/// <summary>A model that a gateway asks.</summary>
/// <param name="Endpoint">Its endpoint.</param>
/// <param name="Named">The server that the gateway names; null for whichever has the traffic.</param>
internal sealed record GatewayRoute(Resource Endpoint, string? Named);
