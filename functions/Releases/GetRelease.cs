using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Releases;

/// <summary>Shows how far a release is: what the webhook's 202 points to.</summary>
/// <param name="views">Who puts the picture together.</param>
public sealed class GetRelease(ReleaseViews views)
{
    /// <summary>200 with the release's stacks and their rollouts, 404 when there is no such run.</summary>
    [Function(nameof(GetRelease))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "releases/{id}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string id,
        CancellationToken cancellationToken) =>
        ViewAnswers.Of(await views.FindAsync(client, id, cancellationToken), "release run", id);
}
