using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Lanes;
using Orchestrator.Core.Names;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.Lanes;

/// <summary>Shows who has each environment's lane, who waits, and what keeps them.</summary>
/// <param name="lanes">The lanes.</param>
/// <param name="settings">The stacks and their environments.</param>
public sealed class GetLanes(LaneStore lanes, OrchestratorSettings settings)
{
    /// <summary>200 with every lane, the lines that are stopped and the releases that are marked bad.</summary>
    [Function(nameof(GetLanes))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "lanes")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var views = new List<LaneView>();
        foreach (var stack in settings.Topology.Stacks)
        {
            foreach (var environment in stack.Environments)
            {
                var lane = await lanes.ReadAsync(stack.Name, environment.Name, cancellationToken);
                views.Add(new(stack.Name, environment.Name, lane.Running, lane.Queue, lane.Promoted, lane.Halted, lane.Held));
            }
        }

        return TypedResults.Json(new LanesView(views, await lanes.LinesAsync(cancellationToken), await lanes.BadAsync(cancellationToken)), ViewAnswers.Json);
    }
}

/// <summary>Every lane.</summary>
/// <param name="Lanes">One for each environment.</param>
/// <param name="StoppedLines">The lines that are stopped, by stack, or <c>all</c>.</param>
/// <param name="BadReleases">The tags that are marked bad.</param>
public sealed record LanesView(IReadOnlyList<LaneView> Lanes, IReadOnlyDictionary<string, Mark> StoppedLines, IReadOnlyList<Mark> BadReleases);

/// <summary>The lane of one environment.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Environment">The environment.</param>
/// <param name="Running">Who has it.</param>
/// <param name="Queue">Who waits, the next one first.</param>
/// <param name="Promoted">What runs there.</param>
/// <param name="Halted">Why nobody may enter until a person says so.</param>
/// <param name="Held">Why only a person's own rollouts may enter until a person says so.</param>
public sealed record LaneView(
    StackName Stack,
    EnvironmentName Environment,
    LaneTicket? Running,
    IReadOnlyList<LaneTicket> Queue,
    PromotedRelease? Promoted,
    string? Halted,
    string? Held);
