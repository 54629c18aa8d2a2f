using Microsoft.Azure.Functions.Worker;

namespace Orchestrator.Functions.Parity;

/// <summary>Has the scores of this instance's stacks published on the release, for whoever drives the others. It may run twice.</summary>
/// <param name="desk">Who publishes.</param>
public sealed class PublishScores(ParityDesk desk)
{
    /// <summary>Keeps the sheets and puts them into the queue.</summary>
    [Function(nameof(PublishScores))]
    public Task RunAsync([ActivityTrigger] ParityOrder order, CancellationToken cancellationToken) => desk.PublishAsync(order, cancellationToken);
}
