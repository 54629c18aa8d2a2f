using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Retention;

/// <summary>Purges what policy does not keep any longer: every night, and when somebody asks. Nothing is purged by itself.</summary>
/// <param name="purge">Who purges.</param>
public sealed class PurgeRuns(RunPurge purge)
{
    /// <summary>How often.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromDays(1);

    /// <summary>Every night.</summary>
    [Function(nameof(PurgeRuns))]
    public Task RunAsync([TimerTrigger("0 30 3 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        purge.RunAsync(client, cancellationToken);

    /// <summary>200 with what was archived, purged and kept just now.</summary>
    [Function("PurgeNow")]
    public async Task<IResult> NowAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "purge")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        TypedResults.Json(await purge.RunAsync(client, cancellationToken), ViewAnswers.Json);
}
