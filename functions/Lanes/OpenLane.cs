using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Orchestrator.Core.Names;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.Lanes;

/// <summary>Opens a lane that a failed rollout has halted, once somebody has looked.</summary>
/// <param name="lanes">The lanes.</param>
/// <param name="settings">The stacks and their environments.</param>
public sealed class OpenLane(LaneStore lanes, OrchestratorSettings settings)
{
    /// <summary>204 when the lane is open; 404 when there is no such environment.</summary>
    [Function(nameof(OpenLane))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "lanes/{stack}/{environment}/open")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string stack,
        string environment,
        CancellationToken cancellationToken)
    {
        if (Find(stack, environment) is not var (owner, found))
        {
            return TypedResults.Problem($"expected an environment as STACK/ENVIRONMENT, found '{stack}/{environment}', which is none", statusCode: StatusCodes.Status404NotFound);
        }

        var next = await lanes.ChangeAsync(owner, found, lane => (lane with { Halted = null, Held = null }, lane.Queue.Count > 0 ? lane.Queue[0].Rollout : null), cancellationToken);
        if (next is not null)
        {
            await client.RaiseEventAsync(next, Nudges.Event, "opened", cancellationToken);
        }

        return TypedResults.NoContent();
    }

    private (StackName Stack, EnvironmentName Environment)? Find(string stack, string environment)
    {
        var owner = settings.Topology.Stacks.FirstOrDefault(one => one.Name.Value == stack);
        EnvironmentDefinition? found = owner?.Environments.FirstOrDefault(one => one.Name.Value == environment);
        return found is null ? null : (owner!.Name, found.Name);
    }
}
