using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Orchestrator.Functions.Health;

/// <summary>Says whether a release could be rolled out now: each dependency with its state and how old that knowledge is.</summary>
/// <param name="dependencies">The dependencies.</param>
public sealed class GetReadiness(Dependencies dependencies)
{
    /// <summary>200 when every dependency answers, 503 when one does not.</summary>
    [Function(nameof(GetReadiness))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/ready")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        HealthAnswers.Of(await dependencies.ReportAsync(client, cancellationToken));
}
