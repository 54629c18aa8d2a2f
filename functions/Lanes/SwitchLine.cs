using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Orchestrator.Functions.Callers;
using Orchestrator.Functions.Decisions;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.Lanes;

/// <summary>Stops the line of a stack, or of all, and opens it again. While it is stopped no rollout and no wave begins; what a region has begun it finishes.</summary>
/// <param name="lanes">The switches.</param>
/// <param name="settings">The stacks and their environments.</param>
/// <param name="caller">Who asks.</param>
/// <param name="time">The clock.</param>
public sealed class SwitchLine(LaneStore lanes, OrchestratorSettings settings, CallerIdentity caller, TimeProvider time)
{
    private const int LargestBody = 16 * 1024;

    /// <summary><c>lines/{stack}/stop</c> with <c>{ "why": "…" }</c>, or <c>…/open</c>; the stack may be <c>all</c>. 204; 400 without a reason; 404 for no such stack.</summary>
    [Function(nameof(SwitchLine))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "lines/{scope}/{action:regex(^(stop|open)$)}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string scope,
        string action,
        CancellationToken cancellationToken)
    {
        var stacks = settings.Topology.Stacks.Where(stack => scope == LaneStore.AllStacks || stack.Name.Value == scope).ToArray();
        if (stacks.Length == 0)
        {
            return TypedResults.Problem($"expected {LaneStore.AllStacks} or one of the stacks {string.Join(", ", settings.Topology.Stacks.Select(stack => stack.Name))}, found '{scope}'", statusCode: StatusCodes.Status404NotFound);
        }

        if (action == "stop")
        {
            var body = await JsonBody.ReadAsync<WhyBody>(request, LargestBody, cancellationToken);
            if (string.IsNullOrWhiteSpace(body?.Why))
            {
                return TypedResults.Problem("expected JSON with the reason, such as { \"why\": \"…\" }", statusCode: StatusCodes.Status400BadRequest);
            }

            if (Reasons.Refuse(body.Why) is { } tooLong)
            {
                return TypedResults.Problem(tooLong, statusCode: StatusCodes.Status400BadRequest);
            }

            await lanes.StopAsync(scope, new(scope, caller.Of(request), body.Why, time.GetUtcNow()), cancellationToken);
            return TypedResults.NoContent();
        }

        await lanes.OpenAsync(scope, cancellationToken);
        foreach (var stack in stacks)
        {
            foreach (var environment in stack.Environments)
            {
                await NudgeAsync(client, await lanes.ReadAsync(stack.Name, environment.Name, cancellationToken), cancellationToken);
            }
        }

        return TypedResults.NoContent();
    }

    private static async Task NudgeAsync(DurableTaskClient client, Core.Lanes.Lane lane, CancellationToken cancellationToken)
    {
        foreach (var ticket in lane.Running is null ? lane.Queue.Take(1) : [lane.Running])
        {
            await client.RaiseEventAsync(ticket.Rollout, Nudges.Event, "opened", cancellationToken);
        }
    }

    private sealed record WhyBody(string? Why);
}
