using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Parity;

namespace Orchestrator.Functions.Parity;

/// <summary>Compares a release's stacks. It may run twice.</summary>
/// <param name="desk">Who compares.</param>
public sealed class JudgeParity(ParityDesk desk)
{
    /// <summary>What the stacks show side by side; what is not there yet leaves it open, and is looked for again.</summary>
    [Function(nameof(JudgeParity))]
    public Task<ParityOutcome> RunAsync([ActivityTrigger] ParityOrder order, CancellationToken cancellationToken) => desk.JudgeAsync(order, cancellationToken);
}
