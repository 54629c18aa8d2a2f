using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Orchestrator.Functions.Health;

/// <summary>Says what has been heard from GitHub: the last delivery, the last sweep, what never came; and what GitHub has yet to be told.</summary>
/// <param name="gitHub">Who knows.</param>
public sealed class GetGitHubHealth(GitHubHealth gitHub)
{
    /// <summary>200, degraded when the last sweep is not complete or too long ago, a gap could not be closed, or something waits for too long to be written.</summary>
    [Function(nameof(GetGitHubHealth))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "health/github")] HttpRequest request,
        CancellationToken cancellationToken) =>
        HealthAnswers.Of(await gitHub.ReportAsync(cancellationToken));
}
