using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Orchestrator.Functions.Releases;

/// <summary>The HTTP answers to webhook deliveries.</summary>
internal static class WebhookAnswers
{
    public static IResult Accepted(HttpRequest request, string runId)
    {
        var path = request.Path.Value ?? string.Empty;
        var root = path[..^"github/webhooks".Length];
        var status = $"{request.Scheme}://{request.Host}{request.PathBase}{root}releases/{runId}";
        return TypedResults.Accepted(status, new AcceptedBody(runId, status));
    }

    public static IResult Of(WebhookDelivery delivery) => delivery.Outcome switch
    {
        WebhookOutcome.Ignored => TypedResults.Json(new IgnoredBody(delivery.Detail)),
        WebhookOutcome.NotAuthentic => Problem(StatusCodes.Status401Unauthorized, delivery),
        WebhookOutcome.TooLarge => Problem(StatusCodes.Status413PayloadTooLarge, delivery),
        _ => Problem(StatusCodes.Status400BadRequest, delivery),
    };

    private static ProblemHttpResult Problem(int status, WebhookDelivery delivery) =>
        TypedResults.Problem(delivery.Detail, statusCode: status);

    private sealed record AcceptedBody(string Id, string Status);

    private sealed record IgnoredBody(string Ignored);
}
