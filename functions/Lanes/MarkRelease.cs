using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Names;
using Orchestrator.Functions.Callers;
using Orchestrator.Functions.Decisions;
using Orchestrator.Functions.Releases;

namespace Orchestrator.Functions.Lanes;

/// <summary>Marks a release's tag bad, so that it is never rolled out, or takes the mark away. What runs already is not touched.</summary>
/// <param name="lanes">The marks.</param>
/// <param name="caller">Who asks.</param>
/// <param name="time">The clock.</param>
public sealed class MarkRelease(LaneStore lanes, CallerIdentity caller, TimeProvider time)
{
    private const int LargestBody = 16 * 1024;

    /// <summary>The body: <c>{ "tag": "v1.1.0", "bad": true, "why": "…" }</c>. 204; 400 with what is wrong.</summary>
    [Function(nameof(MarkRelease))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "bad-releases")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync<MarkBody>(request, LargestBody, cancellationToken);
        if (body?.Tag is not { } text || ReleaseTag.From(text) is not { } tag || body.Bad is not { } bad || string.IsNullOrWhiteSpace(body.Why))
        {
            return TypedResults.Problem($"expected JSON with tag ({ReleaseTag.Rule}), bad (true or false) and why", statusCode: StatusCodes.Status400BadRequest);
        }

        if (Reasons.Refuse(body.Why) is { } tooLong)
        {
            return TypedResults.Problem(tooLong, statusCode: StatusCodes.Status400BadRequest);
        }

        await (bad
            ? lanes.MarkBadAsync(tag, new(tag.Value, caller.Of(request), body.Why, time.GetUtcNow()), cancellationToken)
            : lanes.ClearBadAsync(tag, cancellationToken));
        return TypedResults.NoContent();
    }

    private sealed record MarkBody(string? Tag, bool? Bad, string? Why);
}
