namespace Orchestrator.Functions.GitHub.Writes;

/// <summary>The record in GitHub, as those see it who have something to tell: it takes everything at once, and nobody waits for GitHub.</summary>
/// <param name="queue">What waits.</param>
/// <param name="nudge">Has it written soon.</param>
public sealed class GitHubRecord(PendingWrites queue, WriteNudge nudge)
{
    /// <summary>Takes something that is to be written.</summary>
    public async Task AddAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        await queue.AddAsync(write, cancellationToken);
        nudge.Give();
    }
}
