using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Core.Names;
using Orchestrator.Core.Topologies;
using Orchestrator.EndToEnd.Tests.Deliveries;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.GitHub;
using Orchestrator.Functions.GitHub.Writes;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox.GitHub;

namespace Orchestrator.EndToEnd.Tests.GitHub;

/// <summary>Reports as rollouts give them, and what has become of them.</summary>
internal static class Reports
{
    public const string Rollout = "rollout-v1-1-0-0123456789-1-us-closed-production";

    /// <summary>Gives a report as a rollout's activity does.</summary>
    public static Task ReportAsync(this LedgerWorld world, string region, DeploymentPhase phase, string description, string rollout = Rollout, RepositoryName? repository = null, DateTimeOffset? at = null, string environment = "production", string stack = DemoStacks.UsClosed) =>
        ActivatorUtilities.CreateInstance<ReportDeployment>(world.Host.Services).RunAsync(
            new(
                new(Identifier.Parse<StackName>(stack), Identifier.Parse<EnvironmentName>(environment), RegionOf(world, region)),
                repository ?? DemoStacks.Repository,
                Identifier.Parse<CommitSha>("0123456789abcdef0123456789abcdef01234567"),
                rollout,
                phase,
                description)
            {
                At = at ?? world.Time.GetUtcNow(),
            },
            TestContext.Current.CancellationToken);

    /// <summary>Has what waits written, as far as it may be just now; what still waits.</summary>
    public static async Task<WritesView> WriteAsync(this LedgerWorld world)
    {
        using var answer = await world.Http.PostAsync(new Uri("api/github/writes", UriKind.Relative), null, TestContext.Current.CancellationToken);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<WritesView>(JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!;
    }

    /// <summary>Goes on minute by minute, as the timer does, until nothing waits; how many minutes that took.</summary>
    public static async Task<int> WriteAllAsync(this LedgerWorld world)
    {
        var minutes = 0;
        while ((await world.WriteAsync()).Waiting > 0)
        {
            world.Time.Advance(TimeSpan.FromMinutes(1));
            minutes++;
        }

        return minutes;
    }

    /// <summary>The most requests that create content in any time of this length.</summary>
    public static int Most(this IEnumerable<SandboxWrite> writes, TimeSpan window)
    {
        var times = writes.Select(write => write.At).Order().ToArray();
        return times.Select(begin => times.Count(at => at >= begin && at < begin + window)).DefaultIfEmpty(0).Max();
    }

    private static RegionDefinition RegionOf(LedgerWorld world, string region) =>
        world.Topology.Stacks.SelectMany(stack => stack.Environments).SelectMany(environment => environment.Regions).First() with { Name = Identifier.Parse<RegionName>(region) };
}
