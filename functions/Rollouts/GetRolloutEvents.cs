using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Orchestrator.Functions.Rollouts;

/// <summary>Shows what happened in a rollout, in order.</summary>
/// <param name="rollouts">Who knows rollouts.</param>
public sealed class GetRolloutEvents(KnownRollouts rollouts)
{
    /// <summary>200 with the events and how long it took, the time that people took apart; 404 when there is no such rollout.</summary>
    [Function(nameof(GetRolloutEvents))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "rollouts/{id}/events")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string id,
        CancellationToken cancellationToken) =>
        ViewAnswers.Of(await rollouts.HistoryAsync(client, id, cancellationToken), "rollout", id);
}
