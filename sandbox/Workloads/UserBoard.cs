using System.Collections.Concurrent;

namespace Orchestrator.Sandbox.Workloads;

/// <summary>How many requests a second the users of each region send. Nobody is there unless said so.</summary>
public sealed class UserBoard
{
    private readonly ConcurrentDictionary<string, double> rates = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The region's requests a second.</summary>
    public double In(string region) => rates.GetValueOrDefault(region);

    /// <summary>Sets the region's requests a second; 0 sends everybody home.</summary>
    public void Set(string region, double perSecond) => rates[region] = perSecond;
}
