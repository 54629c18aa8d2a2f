using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Names;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Parity;

/// <summary>Shows how the stacks of releases compare.</summary>
/// <param name="reports">The reports.</param>
public sealed class GetParity(ParityReports reports)
{
    /// <summary>200 with what each release came to, newest first.</summary>
    [Function(nameof(GetParity))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "parity")] HttpRequest request,
        CancellationToken cancellationToken) =>
        TypedResults.Json(ParityTrend.Of(await reports.HeadsAsync(cancellationToken)), ViewAnswers.Json);

    /// <summary>200 with a release's report, 404 when there is none; 400 for what is no tag.</summary>
    [Function("GetParityReport")]
    public async Task<IResult> ReportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "parity/{tag}")] HttpRequest request,
        string tag,
        CancellationToken cancellationToken)
    {
        if (ReleaseTag.From(Uri.UnescapeDataString(tag)) is not { } wanted)
        {
            return TypedResults.Problem($"expected a tag of {ReleaseTag.Rule}, found '{tag}'", statusCode: StatusCodes.Status400BadRequest);
        }

        return await reports.FindAsync(wanted, cancellationToken) is var (head, report)
            ? TypedResults.Json(new ParityView(wanted, head.Key.ReleaseRun(), head.At, head.Outcome.IsPending, report), ViewAnswers.Json)
            : TypedResults.Problem($"expected the tag of a release whose stacks were compared, found '{wanted}', which is none", statusCode: StatusCodes.Status404NotFound);
    }
}
