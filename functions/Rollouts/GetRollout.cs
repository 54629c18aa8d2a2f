using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Orchestrator.Functions.Rollouts;

/// <summary>Shows one rollout, region by region.</summary>
/// <param name="rollouts">Who knows rollouts.</param>
public sealed class GetRollout(KnownRollouts rollouts)
{
    /// <summary>200 with the rollout's waves and regions, 404 when there is no such rollout.</summary>
    [Function(nameof(GetRollout))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "rollouts/{id}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string id,
        CancellationToken cancellationToken) =>
        ViewAnswers.Of(await rollouts.FindAsync(client, id, cancellationToken), "rollout", id);
}
