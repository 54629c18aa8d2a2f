using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.DurableTask.Client;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Releases;

namespace Orchestrator.Functions.Rollouts;

/// <summary>Hands decisions to the runs that they are about. What a run does with them is its own affair.</summary>
internal static class RolloutDecisionReceiver
{
    private const int LargestBody = 16 * 1024;

    /// <summary>The HTTP answer to a decision.</summary>
    public static async Task<IResult> ReceiveAsync(HttpRequest request, DurableTaskClient client, string id, DecisionKind kind, CancellationToken cancellationToken)
    {
        if (await JsonBody.ReadAsync<DecisionBody>(request, LargestBody, cancellationToken) is not { } body)
        {
            return TypedResults.Problem($"expected no body, or JSON such as {{ \"why\": \"…\" }} of at most {LargestBody} bytes", statusCode: StatusCodes.Status400BadRequest);
        }

        if (await RolloutViews.RolloutAsync(client, id, cancellationToken) is not { } view)
        {
            return ViewAnswers.Of<RolloutView>(null, "rollout", id);
        }

        if (view.Rollout.Phase.IsTerminal())
        {
            return Refused($"expected a rollout under way, found that {id} has ended: {view.Rollout.Phase}");
        }

        var why = body.Why ?? string.Empty;
        return kind == DecisionKind.RollBack
            ? await StopAsync(client, id, why, cancellationToken)
            : await DecideAsync(client, id, view, kind, why, cancellationToken);
    }

    private static async Task<IResult> StopAsync(DurableTaskClient client, string id, string why, CancellationToken cancellationToken)
    {
        if ((await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken))!.ReadInputAs<RolloutOrder>()!.Candidate.IsRollback)
        {
            return Refused($"{id} goes back to an earlier release: a rollback is not rolled back");
        }

        var reason = why.Length == 0 ? $"rolled back by {Callers.KeyHolder}" : $"rolled back by {Callers.KeyHolder}: {why}";
        await client.RaiseEventAsync(id, StopSignal.Event, new StopOrder(reason), cancellationToken);
        return Told([]);
    }

    private static async Task<IResult> DecideAsync(
        DurableTaskClient client,
        string id,
        RolloutView view,
        DecisionKind kind,
        string why,
        CancellationToken cancellationToken)
    {
        var step = kind == DecisionKind.Promote ? RegionStep.AwaitingPromotion : RegionStep.Paused;
        var order = (await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken))!.ReadInputAs<RolloutOrder>()!;
        var waiting = view.Waves.SelectMany(wave => wave.Regions).Where(run => run.Step == step).ToArray();
        foreach (var run in waiting)
        {
            var region = order.For(order.Environment.Find(run.Region)!);
            var decision = new StepDecision(kind, run.Since, Callers.KeyHolder, why.Length == 0 ? null : why);
            await client.RaiseEventAsync(region.RunId(), PersonsDecision.Event, decision, cancellationToken);
        }

        return waiting.Length == 0 ? Refused($"expected a region of {id} that is {step}, found none") : Told([.. waiting.Select(run => run.Region.Value)]);
    }

    private static JsonHttpResult<ToldBody> Told(IReadOnlyList<string> regions) =>
        TypedResults.Json(new ToldBody(regions), ViewAnswers.Json, statusCode: StatusCodes.Status202Accepted);

    private static ProblemHttpResult Refused(string why) => TypedResults.Problem(why, statusCode: StatusCodes.Status409Conflict);

    private sealed record DecisionBody(string? Why);

    private sealed record ToldBody(IReadOnlyList<string> Regions);
}
