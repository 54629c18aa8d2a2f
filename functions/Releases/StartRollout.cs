using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Orchestrator.Core.Names;
using Orchestrator.Functions.Callers;
using Orchestrator.Functions.Decisions;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.Releases;

/// <summary>Rolls a release out because a person asks for it: again after a failure, or back to an earlier one.</summary>
/// <param name="starter">Who starts runs.</param>
/// <param name="settings">The stacks and their environments.</param>
/// <param name="caller">Who asks.</param>
public sealed class StartRollout(ReleaseStarter starter, OrchestratorSettings settings, CallerIdentity caller)
{
    private const int LargestBody = 16 * 1024;

    /// <summary>
    /// The body: <c>{ "tag": "v1.0.0", "stack": "…", "environment": "…", "rollBack": true, "why": "…" }</c>, stack and environment
    /// if not all are meant. 202 with the id of the release's new run; 400 with what is wrong.
    /// </summary>
    [Function(nameof(StartRollout))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "rollouts")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync<StartBody>(request, LargestBody, cancellationToken);
        if (body?.Tag is not { } tagText || ReleaseTag.From(tagText) is not { } tag || string.IsNullOrWhiteSpace(body.Why))
        {
            return Bad($"expected JSON with tag ({ReleaseTag.Rule}) and why, and stack, environment and rollBack if need be");
        }

        if (Reasons.Refuse(body.Why) is { } tooLong)
        {
            return Bad(tooLong);
        }

        var stack = settings.Topology.Stacks.FirstOrDefault(one => one.Name.Value == body.Stack);
        if (body.Stack is not null && stack is null)
        {
            return Bad($"expected one of the stacks {string.Join(", ", settings.Topology.Stacks.Select(one => one.Name))}, found '{body.Stack}'");
        }

        var environments = (stack is null ? settings.Topology.Stacks : [stack]).SelectMany(one => one.Environments).Select(one => one.Name).Distinct().ToArray();
        var environment = environments.FirstOrDefault(one => one.Value == body.Environment);
        if (body.Environment is not null && environment is null)
        {
            return Bad($"expected one of the environments {string.Join(", ", environments.AsEnumerable())}, found '{body.Environment}'");
        }

        var scope = new ReleaseScope(stack?.Name, environment, body.RollBack, body.Why, caller.Of(request));
        var id = await starter.StartAgainAsync(client, settings.Topology.Repository, tag, scope, cancellationToken);
        return TypedResults.Json(new StartedBody(id), ViewAnswers.Json, statusCode: StatusCodes.Status202Accepted);
    }

    private static ProblemHttpResult Bad(string why) => TypedResults.Problem(why, statusCode: StatusCodes.Status400BadRequest);

    private sealed record StartBody(string? Tag, string? Stack, string? Environment, bool RollBack, string? Why);

    private sealed record StartedBody(string Id);
}
