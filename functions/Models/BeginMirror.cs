using Microsoft.Azure.Functions.Worker;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Models;

/// <summary>Has users' requests copied to a new server, at the part that policy says.</summary>
/// <param name="mirror">Who copies.</param>
public sealed class BeginMirror(OnlineMirror mirror)
{
    /// <summary>Whether there are copies now.</summary>
    [Function(nameof(BeginMirror))]
    public async Task<MirrorState> RunAsync([ActivityTrigger] ModelOrder order, CancellationToken cancellationToken)
    {
        try
        {
            return new(await mirror.BeginAsync(order.Region.Target, order.Change, order.Region.Rollout.Mirror!.Percent, cancellationToken));
        }
        catch (StackRefusedException refused)
        {
            return new(NotCopied: null, refused.Message);
        }
    }
}

/// <summary>Whether requests are copied as they should be.</summary>
/// <param name="NotCopied">Why there is nothing to copy; null when there is.</param>
/// <param name="Refusal">Why it could not be changed; null when it could.</param>
public sealed record MirrorState(string? NotCopied, string? Refusal = null);
