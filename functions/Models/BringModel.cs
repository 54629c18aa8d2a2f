using Microsoft.Azure.Functions.Worker;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Rollouts.Activities;

namespace Orchestrator.Functions.Models;

/// <summary>Asks for a model beside the one that serves now where that has not been done, and looks for a while how far it is.</summary>
/// <param name="servings">What serves models, by kind.</param>
/// <param name="stacks">How often their ARM may be asked.</param>
/// <param name="time">The clock.</param>
public sealed class BringModel(IEnumerable<IModelServing> servings, StackConnections stacks, TimeProvider time)
{
    // No longer, as an order to stop is heard in between.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How far the model is.</summary>
    [Function(nameof(BringModel))]
    public async Task<ModelReadiness> RunAsync([ActivityTrigger] ModelOrder order, CancellationToken cancellationToken)
    {
        try
        {
            return await stacks.Of(order.Region.Target.Stack).Pace.WatchAsync(
                () => servings.Single(one => one.Kind == order.Change.Kind).BringAsync(order, cancellationToken),
                seen => seen.State != Readiness.Progressing,
                Patience,
                time,
                cancellationToken);
        }
        catch (StackRefusedException refused)
        {
            return ModelReadiness.Hindered(refused.Message);
        }
    }
}
