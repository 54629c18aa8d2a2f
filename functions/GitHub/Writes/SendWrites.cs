using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.GitHub.Writes;

/// <summary>Writes to GitHub what waits: every minute, and when somebody asks. What could be written at once has been.</summary>
/// <param name="drainer">Who writes.</param>
/// <param name="queue">What waits.</param>
/// <param name="writer">The budget.</param>
/// <param name="view">What waits, for people.</param>
public sealed class SendWrites(WriteDrainer drainer, PendingWrites queue, WriterStore writer, WriteView view)
{
    /// <summary>Every minute.</summary>
    [Function(nameof(SendWrites))]
    public async Task RunAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        await drainer.DrainAsync(cancellationToken);
        if (await writer.IsTidyingDueAsync(cancellationToken))
        {
            await queue.TidyAsync(cancellationToken);
        }
    }

    /// <summary>200 with what still waits after as much was written as may be just now.</summary>
    [Function("SendWritesNow")]
    public async Task<IResult> NowAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "github/writes")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        await drainer.DrainAsync(cancellationToken);
        return TypedResults.Json(await view.ReadAsync(cancellationToken), ViewAnswers.Json);
    }

    /// <summary>200 with what waits.</summary>
    [Function("GetWrites")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "github/writes")] HttpRequest request,
        CancellationToken cancellationToken) =>
        TypedResults.Json(await view.ReadAsync(cancellationToken), ViewAnswers.Json);
}
