using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Models.Continuous;

/// <summary>Verifies models after their promotion: every ten minutes those that are due, and when somebody asks.</summary>
/// <param name="verifier">Who looks.</param>
public sealed class VerifyModels(ModelVerifier verifier)
{
    private const int LargestBody = 16 * 1024;

    /// <summary>Every ten minutes.</summary>
    [Function(nameof(VerifyModels))]
    public Task RunAsync([TimerTrigger("0 */10 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        verifier.TickAsync(client, cancellationToken);

    /// <summary>
    /// The body: <c>{ "stack": "…", "environment": "…", "region": "…" }</c>, each if not all are meant. 200 with what was seen just now;
    /// 400 when no such region has its models verified.
    /// </summary>
    [Function("VerifyModelsNow")]
    public async Task<IResult> NowAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "models/verify")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (await JsonBody.ReadAsync<VerifyBody>(request, LargestBody, cancellationToken) is not { } body)
        {
            return Bad($"expected no body, or JSON with stack, environment and region if need be, of at most {LargestBody} bytes");
        }

        bool IsMeant(RegionTarget target) =>
            (body.Stack ?? target.Stack.Value) == target.Stack.Value
            && (body.Environment ?? target.Environment.Value) == target.Environment.Value
            && (body.Region ?? target.Region.Name.Value) == target.Region.Name.Value;
        var regions = verifier.Regions.ToArray();
        return regions.Any(IsMeant)
            ? TypedResults.Json(await verifier.LookNowAsync(client, IsMeant, cancellationToken), ViewAnswers.Json)
            : Bad($"expected a region whose environment has the policy 'continuous', {(regions.Length == 0 ? "which none has" : string.Join(", ", regions.AsEnumerable()))}; found '{body.Stack ?? "*"}/{body.Environment ?? "*"}/{body.Region ?? "*"}'");
    }

    private static ProblemHttpResult Bad(string why) => TypedResults.Problem(why, statusCode: StatusCodes.Status400BadRequest);

    private sealed record VerifyBody(string? Stack, string? Environment, string? Region);
}
