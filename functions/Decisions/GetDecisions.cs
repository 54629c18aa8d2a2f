using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Decisions;

/// <summary>Shows what people have decided about a rollout.</summary>
/// <param name="decisions">What has been decided.</param>
public sealed class GetDecisions(DecisionStore decisions)
{
    /// <summary>200 with the decisions, oldest first; none when nobody has decided anything.</summary>
    [Function(nameof(GetDecisions))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "rollouts/{id}/decisions")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        ViewAnswers.Of(new DecisionListBody(await decisions.ReadAsync(id, cancellationToken)), "rollout", id);

    private sealed record DecisionListBody(IReadOnlyList<DecisionRecord> Decisions);
}
