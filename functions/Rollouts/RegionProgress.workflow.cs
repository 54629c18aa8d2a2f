using Microsoft.DurableTask;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.GitHub;

namespace Orchestrator.Functions.Rollouts;

/// <summary>
/// The state of a region's run inside its orchestration. Every change goes through <see cref="RegionRun"/>'s transitions and is
/// shown as the instance's custom status; GitHub is told in the background, in order.
/// </summary>
internal sealed class RegionProgress
{
    private readonly DeploymentReports reports;

    public RegionProgress(TaskOrchestrationContext context, RegionOrder order, RegionRun? from = null)
    {
        Context = context;
        Order = order;
        Run = from ?? RegionRun.Pending(order.Target.Region.Name, context.CurrentUtcDateTime);
        reports = new(context, order);
    }

    public TaskOrchestrationContext Context { get; }

    public RegionOrder Order { get; }

    public RegionRun Run { get; private set; }

    public Task<TResult> CallAsync<TResult>(string activity, object input, TaskOptions options) =>
        Context.CallActivityAsync<TResult>(activity, input, options);

    public void MoveTo(RegionStep step)
    {
        Change(Run.MoveTo(step, Context.CurrentUtcDateTime));
        reports.Tell(Run);
    }

    public void Note(Baseline? baseline) => Change(Run with { Baseline = baseline });

    public void Deployed(string revision) => Change(Run with { Candidate = revision });

    public void Weigh(int weight) => Change(Run with { Weight = weight });

    /// <summary>Keeps the verdict and says whether the run may go on.</summary>
    public bool Judge(Verdict verdict, string reason)
    {
        Change(Run.Judged(verdict, reason));
        return verdict == Verdict.Pass;
    }

    /// <summary>Ends the run at <paramref name="step"/>, once GitHub has been told, or could not be.</summary>
    public async Task<RegionRun> EndAsync(RegionStep step)
    {
        MoveTo(step);
        await reports.SettleAsync();
        return Run;
    }

    private void Change(RegionRun run)
    {
        Run = run;
        Context.SetCustomStatus(run);
    }
}
