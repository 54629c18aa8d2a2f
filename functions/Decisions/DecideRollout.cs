using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Orchestrator.Core.Names;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Callers;
using Orchestrator.Functions.Releases;

namespace Orchestrator.Functions.Decisions;

/// <summary>Takes a person's decision about a rollout.</summary>
/// <param name="desk">Who takes decisions.</param>
/// <param name="caller">Who decides.</param>
public sealed class DecideRollout(DecisionDesk desk, CallerIdentity caller)
{
    private const int LargestBody = 16 * 1024;
    private const int LongestKey = 200;
    private const string KeyHeader = "Idempotency-Key";

    /// <summary>
    /// <c>pause</c>, <c>resume</c>, <c>promote</c>, <c>skipBake</c>, <c>overrideFreeze</c> or <c>rollBack</c> what is under way, <c>approve</c> or
    /// <c>reject</c> its plan, <c>retry</c> or <c>verify</c> what has ended. The body may say why: <c>{ "why": "…" }</c>, and has to
    /// for <c>skipBake</c> and <c>overrideFreeze</c>; <c>plan</c> for the last word of a plan, <c>notBefore</c> to have it begin later. With an
    /// <c>Idempotency-Key</c> the same request counts once. 202 with who was told; 400, 403, 404, 409 and 422 with the reason.
    /// </summary>
    [Function(nameof(DecideRollout))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "rollouts/{id}/{decision:regex(^(pause|resume|promote|skipBake|overrideFreeze|rollBack|retry|verify|approve|reject)$)}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string id,
        string decision,
        CancellationToken cancellationToken)
    {
        if (await JsonBody.ReadAsync<DecisionBody>(request, LargestBody, cancellationToken) is not { } body)
        {
            return DecisionAnswers.Bad($"expected no body, or JSON such as {{ \"why\": \"…\" }} of at most {LargestBody} bytes");
        }

        var key = request.Headers[KeyHeader].ToString();
        if (key.Length > LongestKey)
        {
            return DecisionAnswers.Bad($"expected an {KeyHeader} of at most {LongestKey} characters");
        }

        if (Reasons.Refuse(body.Why) is { } tooLong)
        {
            return DecisionAnswers.Bad(tooLong);
        }

        if (body.Plan is { } text && Sha256Digest.From(text) is null)
        {
            return DecisionAnswers.Bad($"expected the plan's digest, {Sha256Digest.Rule}; found '{text}'");
        }

        var taken = new Decision(
            Enum.Parse<DecisionKind>(decision, ignoreCase: true),
            caller.Of(request),
            string.IsNullOrWhiteSpace(body.Why) ? null : body.Why,
            body.Plan is null ? null : Sha256Digest.From(body.Plan),
            body.NotBefore,
            key.Length > 0 ? key : null);
        return DecisionAnswers.Of(await desk.DecideAsync(client, id, taken, cancellationToken));
    }

    private sealed record DecisionBody(string? Why, string? Plan, DateTimeOffset? NotBefore);
}
