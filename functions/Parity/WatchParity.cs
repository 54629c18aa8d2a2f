using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Parity;

/// <summary>Compares again what waits for other instances' scores: every five minutes, and when somebody asks.</summary>
/// <param name="desk">Who compares.</param>
/// <param name="reports">The reports.</param>
public sealed class WatchParity(ParityDesk desk, ParityReports reports)
{
    /// <summary>Every five minutes.</summary>
    [Function(nameof(WatchParity))]
    public Task RunAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => desk.JudgePendingAsync(cancellationToken);

    /// <summary>200 with what all releases have come to by now.</summary>
    [Function("JudgeParityNow")]
    public async Task<IResult> NowAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "parity")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        await desk.JudgePendingAsync(cancellationToken);
        return TypedResults.Json(ParityTrend.Of(await reports.HeadsAsync(cancellationToken)), ViewAnswers.Json);
    }
}
