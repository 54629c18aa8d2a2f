using Microsoft.Azure.Functions.Worker;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Models;

/// <summary>Has nothing copied to a new server any more.</summary>
/// <param name="mirror">Who copies.</param>
public sealed class EndMirror(OnlineMirror mirror)
{
    /// <summary>Whether that could be done.</summary>
    [Function(nameof(EndMirror))]
    public async Task<MirrorState> RunAsync([ActivityTrigger] ModelOrder order, CancellationToken cancellationToken)
    {
        try
        {
            await mirror.EndAsync(order.Region.Target, order.Change, cancellationToken);
            return new(NotCopied: null);
        }
        catch (StackRefusedException refused)
        {
            return new(NotCopied: null, refused.Message);
        }
    }
}
