using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Models;

/// <summary>Judges a new server by what it made of the copies.</summary>
/// <param name="mirror">Who has copied.</param>
public sealed class JudgeMirror(OnlineMirror mirror)
{
    /// <summary>The verdict; inconclusive where there were too few copies.</summary>
    [Function(nameof(JudgeMirror))]
    public async Task<VerificationResult> RunAsync([ActivityTrigger] MirrorLook look, CancellationToken cancellationToken)
    {
        var order = look.Model;
        try
        {
            return await mirror.LookAsync(order.Region.Target, order.Change, order.Region.Analysis, look.Span, cancellationToken);
        }
        catch (StackRefusedException refused)
        {
            return VerificationResult.Of([new("azureMonitor", Verdict.Error, "what was counted of the copies", refused.Message)]);
        }
    }
}

/// <summary>Which copies to look at.</summary>
/// <param name="Model">Of which model.</param>
/// <param name="Span">When they were made.</param>
public sealed record MirrorLook(ModelOrder Model, MirrorSpan Span);

/// <summary>A time in which copies were made, by the orchestration's clock.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end.</param>
public sealed record MirrorSpan(DateTimeOffset From, DateTimeOffset To);
