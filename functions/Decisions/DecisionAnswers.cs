using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Decisions;

/// <summary>The HTTP answers to decisions.</summary>
internal static class DecisionAnswers
{
    public static IResult Of(DecisionAnswer answer) => answer.Outcome switch
    {
        DecisionOutcome.Taken => TypedResults.Json(new ToldBody(answer.Told), ViewAnswers.Json, statusCode: StatusCodes.Status202Accepted),
        DecisionOutcome.NotFound => Problem(StatusCodes.Status404NotFound, answer.Detail!),
        DecisionOutcome.Malformed => Problem(StatusCodes.Status400BadRequest, answer.Detail!),
        DecisionOutcome.Forbidden => Problem(StatusCodes.Status403Forbidden, answer.Detail!),
        DecisionOutcome.KeyReused => Problem(StatusCodes.Status422UnprocessableEntity, answer.Detail!),
        _ => Problem(StatusCodes.Status409Conflict, answer.Detail!),
    };

    public static ProblemHttpResult Bad(string why) => Problem(StatusCodes.Status400BadRequest, why);

    private static ProblemHttpResult Problem(int status, string why) => TypedResults.Problem(why, statusCode: status);

    private sealed record ToldBody(IReadOnlyList<string> Regions);
}
