using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Orchestrator.Functions.Health;

/// <summary>Says that the process runs. Asks nobody else: a platform that restarts on failure must not restart because GitHub is down.</summary>
public sealed class GetHealth
{
    /// <summary>200, always.</summary>
    [Function(nameof(GetHealth))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request) =>
        HealthAnswers.Of(new HealthReport(new Dictionary<string, HealthReportEntry>(), HealthStatus.Healthy, TimeSpan.Zero));
}
