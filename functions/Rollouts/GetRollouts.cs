using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Orchestrator.Functions.Rollouts;

/// <summary>Lists rollouts: one release going to one environment of one stack each.</summary>
/// <param name="rollouts">Who knows rollouts.</param>
public sealed class GetRollouts(KnownRollouts rollouts)
{
    /// <summary>200 with the rollouts, newest first.</summary>
    [Function(nameof(GetRollouts))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "rollouts")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        TypedResults.Json(new RolloutListBody(await rollouts.ListAsync(client, cancellationToken)), ViewAnswers.Json);

    private sealed record RolloutListBody(IReadOnlyList<RolloutSummary> Rollouts);
}
