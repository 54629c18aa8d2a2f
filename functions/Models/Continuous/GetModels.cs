using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.Settings;
using Orchestrator.Functions.Watch;

namespace Orchestrator.Functions.Models.Continuous;

/// <summary>Shows the models of every region, and what the last looks at them have shown.</summary>
/// <param name="settings">The stacks.</param>
/// <param name="looks">What looks have shown.</param>
/// <param name="findings">What has been found.</param>
public sealed class GetModels(OrchestratorSettings settings, ModelLookStore looks, FindingStore findings)
{
    /// <summary>200 with every region that has models.</summary>
    [Function(nameof(GetModels))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "models")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var last = (await looks.AllAsync(cancellationToken)).ToDictionary(look => (look.Stack, look.Environment, look.Region));
        var known = await findings.AllAsync(cancellationToken);
        var views =
            from stack in settings.Topology.Stacks
            from environment in stack.Environments
            from region in environment.Regions
            let target = new RegionTarget(stack.Name, environment.Name, region)
            let view = RegionModelsView.Of(target, last.GetValueOrDefault((stack.Name, environment.Name, region.Name)), known.OfModels(target))
            where view.Models.Count > 0 || view.Problem is not null
            select view;
        return TypedResults.Json(new ModelsView([.. views]), ViewAnswers.Json);
    }
}
