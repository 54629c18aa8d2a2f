using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Octokit;
using Orchestrator.Core.Names;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Plans;

/// <summary>Shows what a release would change, before it does; drafts too. Nothing is touched.</summary>
/// <param name="planner">Who plans.</param>
public sealed class GetPlan(ReleasePlanner planner)
{
    /// <summary>200 with the plan; 400 for what is no tag; 503 while GitHub does not answer.</summary>
    [Function(nameof(GetPlan))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "releases/{tag}/plan")] HttpRequest request,
        string tag,
        CancellationToken cancellationToken)
    {
        if (ReleaseTag.From(Uri.UnescapeDataString(tag)) is not { } wanted)
        {
            return TypedResults.Problem($"expected a tag of {ReleaseTag.Rule}, found '{tag}'", statusCode: StatusCodes.Status400BadRequest);
        }

        try
        {
            return ViewAnswers.Of(await planner.PlanAsync(wanted, cancellationToken), "release", tag);
        }
        catch (Exception unread) when (unread is ApiException or HttpRequestException)
        {
            return TypedResults.Problem($"GitHub could not be asked for {wanted}: {unread.Message}", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
