using Microsoft.DurableTask;
using Orchestrator.Core.Problems;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Alerts;
using Orchestrator.Functions.Analysis;
using Orchestrator.Functions.GitHub;
using Orchestrator.Functions.Models;

namespace Orchestrator.Functions.Rollouts;

/// <summary>
/// The state of a region's run inside its orchestration. Every change goes through <see cref="RegionRun"/>'s transitions and is
/// shown as the instance's custom status; GitHub is told in the background, in order.
/// </summary>
internal sealed class RegionProgress
{
    // A custom status may have 16 KB; a step takes less than a hundred bytes.
    private const int MostSteps = 100;

    private readonly DeploymentReports reports;
    private readonly PausePoint pause;
    private readonly List<StepRecord> record = [];

    public RegionProgress(TaskOrchestrationContext context, RegionOrder order, RegionRun? from = null)
    {
        Context = context;
        Order = order;
        Run = from ?? RegionRun.Pending(order.Target.Region.Name, context.CurrentUtcDateTime);
        Stop = new(context);
        pause = new(context, Stop);
        Analysis = new(context, order);
        reports = new(context, order);
    }

    public TaskOrchestrationContext Context { get; }

    public RegionOrder Order { get; private set; }

    public RolloutPolicy Policy => Order.Rollout;

    public StopSignal Stop { get; }

    public RegionAnalysis Analysis { get; }

    public RegionRun Run { get; private set; }

    public Task<TResult> CallAsync<TResult>(string activity, object input, TaskOptions options) =>
        Context.CallActivityAsync<TResult>(activity, input, options);

    /// <summary>Calls an activity that may take so long, retries included; null, with the run judged, when it took longer.</summary>
    public async Task<TResult?> CallWithinAsync<TResult>(string activity, object input, TimeSpan limit)
        where TResult : class
    {
        using var done = new CancellationTokenSource();
        var call = CallAsync<TResult>(activity, input, Retries.Within(limit));
        if (await Task.WhenAny(call, Context.CreateTimer(limit, done.Token)) == call)
        {
            done.Cancel();
            return await call;
        }

        Judge(Verdict.Error, $"{activity} was not done within {DurationText.Format(limit)}");
        return null;
    }

    public void MoveTo(RegionStep step)
    {
        var next = Run.MoveTo(step, Context.CurrentUtcDateTime);
        record.Add(new(step, next.Since, next.Weight));
        record.RemoveRange(0, Math.Max(0, record.Count - MostSteps));
        Change(next);
        reports.Tell(Run);
    }

    public void Note(Baseline? baseline) => Change(Run with { Baseline = baseline });

    /// <summary>Keeps what the candidate changes of the region's models.</summary>
    public void Plan(ModelPlan? models) => Order = Order with { Models = models };

    /// <summary>Shows how far a step is that takes long.</summary>
    public void Say(string? detail) => Change(Run with { Detail = detail });

    public void Deployed(string revision) => Change(Run with { Candidate = revision });

    public void Weigh(int weight)
    {
        record[^1] = record[^1] with { Weight = weight };
        Change(Run with { Weight = weight });
    }

    /// <summary>Keeps how often the candidate has been compared with its baseline.</summary>
    public void Looked() => Run = Run with { Looks = Analysis.Looks };

    public void Because(string reason) => Change(Run.Because(reason));

    /// <summary>Keeps the verdict and says whether the run may go on.</summary>
    public bool Judge(Verdict verdict, string reason)
    {
        Change(Run.Judged(verdict, reason));
        return verdict == Verdict.Pass;
    }

    /// <summary>Waits while a person has paused the run; false when it has to go back instead.</summary>
    public async Task<bool> IsNotPausedAsync()
    {
        // What has not begun yet has nothing to stand still at: it pauses at its next step.
        while (pause.HasCome && !Stop.HasCome && Run.Step.CanBecome(RegionStep.Paused))
        {
            var order = await pause.TakeAsync();
            Change(Run with { Reason = order.Reason });
            MoveTo(RegionStep.Paused);
            if (await pause.WaitAsync(order, Policy.Limits.Decision) is not { } resumed)
            {
                if (!Stop.HasCome)
                {
                    Because($"nobody decided within {DurationText.Format(Policy.Limits.Decision)}");
                }

                return false;
            }

            Change(Run.Resumed(resumed.By));
        }

        return true;
    }

    /// <summary>Whether a person lets the run go on from a step that did not pass: asked only where policy says so.</summary>
    public async Task<bool> MayGoOnAsync()
    {
        if (Stop.HasCome || Run.Verdict is not { } verdict || Policy.ActionOn(verdict) != FailureAction.Pause)
        {
            return false;
        }

        MoveTo(RegionStep.Paused);
        if (await DecideAsync(Policy.Limits.Decision) is not { Kind: DecisionKind.Resume } decision)
        {
            return false;
        }

        Change(Run.Resumed(decision.By));
        return true;
    }

    /// <summary>A person's decision about the promotion; null when none came in time, or the candidate turned out bad meanwhile.</summary>
    public async Task<StepDecision?> AwaitPromotionAsync()
    {
        var until = Context.CurrentUtcDateTime + Policy.Limits.Decision;
        var every = RegionAnalysis.Pace(Order.Analysis, Policy.Limits.Decision);
        while (Analysis.IsOpen && Context.CurrentUtcDateTime + every < until)
        {
            var decision = await PersonsDecision.WaitAsync(Context, Stop, Run.Since, every);
            if (decision is not null || Stop.HasCome)
            {
                return decision;
            }

            var look = await Analysis.LookAsync(LookKind.Comparison);
            Looked();
            if (look is { Verdict: Verdict.Fail })
            {
                Judge(look.Verdict, look.Summary());
                return null;
            }
        }

        return await DecideAsync(until - Context.CurrentUtcDateTime);
    }

    private async Task<StepDecision?> DecideAsync(TimeSpan limit)
    {
        var decision = await PersonsDecision.WaitAsync(Context, Stop, Run.Since, limit);
        if (decision is null && !Stop.HasCome)
        {
            Because($"nobody decided within {DurationText.Format(Policy.Limits.Decision)}");
        }

        return decision;
    }

    /// <summary>Ends the run at <paramref name="step"/>, once what GitHub is to be told is in its queue.</summary>
    public async Task<RegionRun> EndAsync(RegionStep step)
    {
        MoveTo(step);
        await Task.WhenAll(reports.SettleAsync(), step == RegionStep.RollbackFailed ? RegionAlerts.TellAsync(Context, Order, Run) : Task.CompletedTask);
        return Run;
    }

    private void Change(RegionRun run)
    {
        Run = run;
        Context.SetCustomStatus(new RegionStatus(run, record));
    }
}
