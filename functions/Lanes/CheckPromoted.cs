using Microsoft.Azure.Functions.Worker;

namespace Orchestrator.Functions.Lanes;

/// <summary>Looks whether just what a rollout would put into an environment runs there already.</summary>
/// <param name="lanes">The lanes.</param>
public sealed class CheckPromoted(LaneStore lanes)
{
    /// <summary>Whether it does.</summary>
    [Function(nameof(CheckPromoted))]
    public async Task<bool> RunAsync([ActivityTrigger] LaneOrder order, CancellationToken cancellationToken) =>
        (await lanes.ReadAsync(order.Stack, order.Environment, cancellationToken)).Promoted?.IsWhatBrings(order.Ticket) == true;
}
