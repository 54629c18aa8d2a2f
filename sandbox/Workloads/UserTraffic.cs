using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Azure.ContainerApps;
using Orchestrator.Sandbox.Faults;
using Orchestrator.Sandbox.Models.Serving;

namespace Orchestrator.Sandbox.Workloads;

/// <summary>
/// The requests of a region's users, as its revisions would have counted them: made up whenever somebody asks or the traffic is about
/// to be shared in another way, by the weights, the faults and the time since.
/// </summary>
internal sealed class UserTraffic(CloudState cloud, int seed)
{
    private const int MostDraws = 200;
    private const double Median = 0.2;
    private const double Spread = 0.3;

    private readonly Lock turn = new();
    private readonly Random random = new(seed);

    /// <summary>Brings an app's counters up to now.</summary>
    public void Advance(ContainerApp app, string region)
    {
        lock (turn)
        {
            var now = cloud.Now;
            var (since, rate) = (app.ServedUntil ?? now, cloud.Users.In(region));
            app.ServedUntil = now;
            var uses = rate > 0 ? app.Revisions.ToDictionary(revision => revision, cloud.Endpoints.UseOf) : [];
            for (var at = since; rate > 0 && at < now;)
            {
                var end = new DateTimeOffset(at.Ticks - (at.Ticks % TimeSpan.TicksPerMinute) + TimeSpan.TicksPerMinute, TimeSpan.Zero);
                end = end < now ? end : now;
                foreach (var revision in app.Revisions)
                {
                    Serve(revision, at, rate * (end - at).TotalSeconds * app.WeightOf(revision, now) / 100, uses[revision], cloud.Faults.OfAll(region) ?? revision.Fault);
                }

                at = end;
            }
        }
    }

    /// <summary>Brings the counters of all apps in a region up to now.</summary>
    public void Advance(string region)
    {
        foreach (var (id, app) in cloud.Apps.All)
        {
            if (cloud.Resources.TryGetValue(id, out var resource) && resource.Location == region)
            {
                Advance(app, region);
            }
        }
    }

    private void Serve(Revision revision, DateTimeOffset at, double requests, EndpointUse use, FaultKind? fault)
    {
        var count = (long)(requests + random.NextDouble());
        cloud.Endpoints.Serve(use, at, count);
        var draws = Math.Min(count, MostDraws);
        for (var draw = 0; draw < draws; draw++)
        {
            revision.Metrics.Record(at, WorkloadFaults.Outcome(fault, random.NextDouble()), Latency(revision, fault), (count / draws) + (draw < count % draws ? 1 : 0));
        }
    }

    // Like most latencies: none much shorter than usual, some much longer.
    private double Latency(Revision revision, FaultKind? fault) =>
        (Median * (revision.Image?.Slowness ?? 1) * Math.Exp(Spread * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))
        + (fault == FaultKind.Slow ? WorkloadFaults.Slowness.TotalSeconds : 0);
}
