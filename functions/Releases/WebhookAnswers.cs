using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Functions.Deliveries;

namespace Orchestrator.Functions.Releases;

/// <summary>The HTTP answers to webhook deliveries.</summary>
internal static class WebhookAnswers
{
    /// <summary>The answer to a delivery that has been handled.</summary>
    public static IResult Of(HttpRequest request, DeliveryEntry handled) => handled switch
    {
        { Verdict: DeliveryVerdict.Started or DeliveryVerdict.Applied, Run: { } run } => Accepted(request, run),
        { Verdict: DeliveryVerdict.Applied } => TypedResults.Json(new AppliedBody(handled.Detail)),
        { Verdict: DeliveryVerdict.Malformed } => Problem(StatusCodes.Status400BadRequest, handled.Detail),
        { Verdict: DeliveryVerdict.Failed } => Problem(StatusCodes.Status500InternalServerError, "what this delivery asks for could not be done now; the next sweep tries again"),
        _ => TypedResults.Json(new IgnoredBody(handled.Detail)),
    };

    /// <summary>The answer to one that is not handled at all.</summary>
    public static IResult Of(WebhookDelivery refused) => Problem(
        refused.Outcome switch
        {
            WebhookOutcome.NotAuthentic => StatusCodes.Status401Unauthorized,
            WebhookOutcome.TooLarge => StatusCodes.Status413PayloadTooLarge,
            _ => StatusCodes.Status400BadRequest,
        },
        refused.Detail);

    private static Accepted<AcceptedBody> Accepted(HttpRequest request, string runId)
    {
        var path = request.Path.Value ?? string.Empty;
        var root = path[..^"github/webhooks".Length];
        var status = $"{request.Scheme}://{request.Host}{request.PathBase}{root}releases/{runId}";
        return TypedResults.Accepted(status, new AcceptedBody(runId, status));
    }

    private static ProblemHttpResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);

    private sealed record AcceptedBody(string Id, string Status);

    private sealed record AppliedBody(string Applied);

    private sealed record IgnoredBody(string Ignored);
}
