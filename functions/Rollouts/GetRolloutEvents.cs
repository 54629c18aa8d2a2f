using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Orchestrator.Functions.Rollouts;

/// <summary>Shows what happened in a rollout, in order.</summary>
public sealed class GetRolloutEvents
{
    /// <summary>200 with the events, 404 when there is no such rollout.</summary>
    [Function(nameof(GetRolloutEvents))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "rollouts/{id}/events")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string id,
        CancellationToken cancellationToken) =>
        ViewAnswers.Of(await RolloutEvents.ReadAsync(client, id, cancellationToken) is { } events ? new EventListBody(events) : null, "rollout", id);

    private sealed record EventListBody(IReadOnlyList<RolloutEvent> Events);
}
