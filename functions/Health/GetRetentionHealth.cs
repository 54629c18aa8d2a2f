using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Orchestrator.Functions.Health;

/// <summary>Says when ended runs and old deliveries were last purged, and how long they are kept.</summary>
/// <param name="retention">Who knows.</param>
public sealed class GetRetentionHealth(RetentionHealth retention)
{
    /// <summary>200, degraded when the last purge was cut short or is too long ago.</summary>
    [Function(nameof(GetRetentionHealth))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "health/retention")] HttpRequest request,
        CancellationToken cancellationToken) =>
        HealthAnswers.Of(await retention.ReportAsync(cancellationToken));
}
