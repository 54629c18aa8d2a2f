using Microsoft.DurableTask;
using Orchestrator.Core.Analysis;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Analysis;
using Orchestrator.Functions.Rollouts.Activities;

namespace Orchestrator.Functions.Rollouts;

/// <summary>
/// The comparison of a region's candidate with its baseline over its rollout: it knows the present window, and how often it has
/// looked, as each look makes a mistake likelier unless the next one asks for more.
/// </summary>
internal sealed class RegionAnalysis(TaskOrchestrationContext context, RegionOrder order, int looksBefore = 0)
{
    // Looks cost requests, and an orchestration's history grows by each.
    private const int MostLooks = 50;

    private Baseline? baseline;
    private AnalysisWindow window = new(default, []);
    private int inStep;

    /// <summary>How often it has been looked.</summary>
    public int Looks { get; private set; } = looksBefore;

    /// <summary>Whether there is a window to look at.</summary>
    public bool IsOpen => baseline is not null;

    /// <summary>The longest pause between two looks that an inconclusive one asks for: Azure Monitor counts by the minute.</summary>
    public TimeSpan LeastPause => order.Analysis.Sources.Contains(MeasurementSource.AzureMonitor) ? TimeSpan.FromMinutes(1) : TimeSpan.Zero;

    /// <summary>Begins to measure anew: the traffic has just been shared in another way.</summary>
    public async Task OpenAsync(Baseline with)
    {
        // A release that a person goes back to is compared with nothing: what serves is what they want to leave.
        if (!order.Analysis.IsOn || order.Candidate.IsRollback)
        {
            return;
        }

        (baseline, window, inStep) = (with, new(context.CurrentUtcDateTime, []), 0);
        if (order.Analysis.Sources.Any(source => source.HasCounters()))
        {
            await LookAsync(LookKind.Opening);
        }
    }

    /// <summary>Verifies the candidate, by comparison too where a window is open.</summary>
    public async Task<VerificationResult> VerifyAsync()
    {
        var verdict = await context.CallActivityAsync<CandidateVerdict>(nameof(VerifyCandidate), Next(LookKind.Comparison), Retries.ForReading);
        window = verdict.Window ?? window;
        return verdict.Result;
    }

    /// <summary>Waits until <paramref name="until"/> and looks in between; the result that is not fit, or null.</summary>
    public async Task<VerificationResult?> WatchAsync(DateTimeOffset until, StopSignal stop)
    {
        var every = Pace(order.Analysis, until - context.CurrentUtcDateTime);
        while (baseline is not null && context.CurrentUtcDateTime + every < until)
        {
            if (!await stop.LetPassAsync(every))
            {
                return null;
            }

            if (await LookAsync(LookKind.Comparison) is { Verdict: Verdict.Fail } bad)
            {
                return bad;
            }
        }

        await stop.LetPassAsync(until - context.CurrentUtcDateTime);
        return null;
    }

    /// <summary>How often to look in a wait of that length.</summary>
    public static TimeSpan Pace(AnalysisPolicy policy, TimeSpan wait) => TimeSpan.FromTicks(Math.Max(policy.Every.Ticks, wait.Ticks / MostLooks));

    /// <summary>Looks once; null where it could not. In between nothing but a bad candidate counts: whether there was enough to tell is asked at the end.</summary>
    public async Task<VerificationResult?> LookAsync(LookKind kind)
    {
        if (baseline is null)
        {
            return null;
        }

        try
        {
            var verdict = await context.CallActivityAsync<CandidateVerdict>(nameof(AnalyseCandidate), Next(kind), Retries.ForReading);
            window = verdict.Window ?? window;
            return verdict.Result;
        }
        catch (TaskFailedException)
        {
            return null;
        }
    }

    private VerificationOrder Next(LookKind kind)
    {
        if (baseline is null)
        {
            return new(order);
        }

        (Looks, inStep) = kind == LookKind.Opening ? (Looks, inStep) : (Looks + 1, inStep + 1);
        return new(order, new(baseline, window, new(Looks, inStep), kind));
    }
}
