using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.GitHub;

namespace Orchestrator.Functions.Health;

/// <summary>What a rollout needs: the durable store, GitHub, and ARM of each stack that this instance drives.</summary>
public sealed class Dependencies : IDisposable
{
    private readonly TimeProvider time;
    private readonly List<DependencyCheck> checks = [];

    /// <summary>Names the dependencies; nothing is asked yet.</summary>
    public Dependencies(StackConnections stacks, GitHubConnection gitHub, TimeProvider time)
    {
        this.time = time;
        Add("durable-store", (client, token) => client.GetInstanceAsync("health-probe", token));
        Add("github", (_, _) => gitHub.Octokit.RateLimit.GetRateLimits());
        foreach (var stack in stacks.All)
        {
            Add($"stack-{stack.Stack.Name}", (_, token) =>
                stack.Arm.GetSubscriptionResource(new($"/subscriptions/{stack.Stack.SubscriptionId}")).GetAsync(token));
        }

        void Add(string name, Func<DurableTaskClient, CancellationToken, Task> ask) => checks.Add(new(name, ask, time));
    }

    /// <summary>The state of each. An answer is kept for a while, so that this endpoint cannot be used to load others.</summary>
    public async Task<HealthReport> ReportAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var entries = await Task.WhenAll(checks.Select(async check =>
            KeyValuePair.Create(check.Name, await check.StateAsync(client, cancellationToken))));
        return new(new Dictionary<string, HealthReportEntry>(entries), time.GetElapsedTime(begun));
    }

    /// <inheritdoc />
    public void Dispose() => checks.ForEach(check => check.Dispose());
}
