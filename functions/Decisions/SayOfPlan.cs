using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Octokit;
using Orchestrator.Core.Names;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Callers;
using Orchestrator.Functions.Plans;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Decisions;

/// <summary>Takes what somebody says of a plan before its rollout has begun: of a draft, or of a release that waits.</summary>
/// <param name="desk">Who takes it.</param>
/// <param name="planner">Who knows what is planned.</param>
/// <param name="caller">Who says it.</param>
public sealed class SayOfPlan(ApprovalDesk desk, ReleasePlanner planner, CallerIdentity caller)
{
    private const int LargestBody = 16 * 1024;

    /// <summary>
    /// <c>releases/{tag}/approve</c> or <c>/reject</c>, with <c>{ "stack": "…", "environment": "…", "plan": "…" }</c>, and
    /// <c>why</c> and <c>notBefore</c> if need be. 202; 400, 403, 404 and 409 with the reason; 503 while GitHub does not answer.
    /// </summary>
    [Function(nameof(SayOfPlan))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "releases/{tag}/{word:regex(^(approve|reject)$)}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string tag,
        string word,
        CancellationToken cancellationToken)
    {
        if (ReleaseTag.From(Uri.UnescapeDataString(tag)) is not { } wanted
            || await JsonBody.ReadAsync<SayBody>(request, LargestBody, cancellationToken) is not { Stack: { } stackText, Environment: { } environmentText, Plan: { } planText } body
            || StackName.From(stackText) is not { } stack
            || EnvironmentName.From(environmentText) is not { } environment
            || Sha256Digest.From(planText) is not { } plan)
        {
            return DecisionAnswers.Bad($"expected a tag in the address, and JSON with stack, environment and plan ({Sha256Digest.Rule}), and why and notBefore if need be");
        }

        if (Reasons.Refuse(body.Why) is { } tooLong)
        {
            return DecisionAnswers.Bad(tooLong);
        }

        try
        {
            if (await planner.OrderAsync(wanted, stack, environment, cancellationToken) is not { } order)
            {
                return ViewAnswers.Of<RolloutOrder>(null, $"environment that {wanted} would be rolled out to", $"{stack}/{environment}");
            }

            var answer = await desk.SayAsync(order, new(Enum.Parse<DecisionKind>(word, ignoreCase: true), caller.Of(request), body.Why, plan, body.NotBefore), cancellationToken);
            var rollout = order.Candidate.Key.Rollout(stack, environment);
            if (answer.Outcome == DecisionOutcome.Taken && await client.GetInstanceAsync(rollout, cancellationToken) is { IsRunning: true })
            {
                await client.RaiseEventAsync(rollout, Nudges.Event, "approved", cancellationToken);
            }

            return DecisionAnswers.Of(answer);
        }
        catch (Exception unread) when (unread is ApiException or HttpRequestException)
        {
            return TypedResults.Problem($"GitHub could not be asked for {wanted}: {unread.Message}", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private sealed record SayBody(string? Stack, string? Environment, string? Plan, string? Why, DateTimeOffset? NotBefore);
}
