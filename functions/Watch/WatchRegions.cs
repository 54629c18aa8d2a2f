using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Orchestrator.Core.Watch;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Watch;

/// <summary>Looks at every region and lane: every five minutes, and when somebody asks.</summary>
/// <param name="watcher">Who looks.</param>
public sealed class WatchRegions(Watcher watcher)
{
    /// <summary>Every five minutes.</summary>
    [Function(nameof(WatchRegions))]
    public Task RunAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        watcher.LookAsync(client, cancellationToken);

    /// <summary>200 with what was found just now.</summary>
    [Function("WatchNow")]
    public async Task<IResult> NowAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "watch")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        TypedResults.Json(new WatchView(await watcher.LookAsync(client, cancellationToken)), ViewAnswers.Json);
}

/// <summary>What a look at everything has found.</summary>
/// <param name="Findings">By <c>stack/environment</c> or <c>stack/environment/region</c>.</param>
public sealed record WatchView(IReadOnlyDictionary<string, Finding> Findings);
