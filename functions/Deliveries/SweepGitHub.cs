using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Deliveries;

/// <summary>Looks for what GitHub has not told: every ten minutes, and when somebody asks. GitHub never sends again by itself what did not arrive.</summary>
/// <param name="sweep">Who looks.</param>
public sealed class SweepGitHub(GitHubSweep sweep)
{
    /// <summary>How often.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    /// <summary>Every ten minutes.</summary>
    [Function(nameof(SweepGitHub))]
    public Task RunAsync([TimerTrigger("0 */10 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        sweep.RunAsync(client, cancellationToken);

    /// <summary>200 with what is known after a sweep just now.</summary>
    [Function("SweepNow")]
    public async Task<IResult> NowAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "sweep")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        TypedResults.Json(await sweep.RunAsync(client, cancellationToken), ViewAnswers.Json);
}
