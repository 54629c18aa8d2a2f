using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Names;

namespace Orchestrator.Functions.Lanes;

/// <summary>Looks whether the line is stopped for a stack.</summary>
/// <param name="lanes">The switches.</param>
public sealed class CheckLine(LaneStore lanes)
{
    /// <summary>Why it is stopped, if it is.</summary>
    [Function(nameof(CheckLine))]
    public async Task<LineState> RunAsync([ActivityTrigger] StackName stack, CancellationToken cancellationToken) =>
        new(await lanes.LineAsync(stack, cancellationToken));
}
