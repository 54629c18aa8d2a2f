using Microsoft.Azure.Functions.Worker;

namespace Orchestrator.Functions.Suites;

/// <summary>Keeps what a region's candidate has shown on the suite, for the comparison between stacks and for later looks at the region.</summary>
/// <param name="scores">The store.</param>
public sealed class KeepScores(SuiteScoreStore scores)
{
    /// <summary>Keeps it.</summary>
    [Function(nameof(KeepScores))]
    public Task RunAsync([ActivityTrigger] StoredScores shown, CancellationToken cancellationToken) => scores.KeepAsync(shown, cancellationToken);
}
