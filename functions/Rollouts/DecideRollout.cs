using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Orchestrator.Core.Rollouts;

namespace Orchestrator.Functions.Rollouts;

/// <summary>Takes a person's decision about a rollout under way.</summary>
public sealed class DecideRollout
{
    /// <summary>
    /// <c>resume</c> what paused, <c>promote</c> what awaits it, or <c>rollBack</c> everything. The body may say why:
    /// <c>{ "why": "…" }</c>. 202 with the regions that were told; 404 when there is no such rollout; 409 when it has ended or
    /// nothing in it waits for that decision.
    /// </summary>
    [Function(nameof(DecideRollout))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "rollouts/{id}/{decision:regex(^(resume|promote|rollBack)$)}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string id,
        string decision,
        CancellationToken cancellationToken) =>
        RolloutDecisionReceiver.ReceiveAsync(request, client, id, Enum.Parse<DecisionKind>(decision, ignoreCase: true), cancellationToken);
}
