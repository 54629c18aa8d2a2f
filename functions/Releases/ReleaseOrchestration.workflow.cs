using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Orchestrator.Core.Parity;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.GitHub.Writes;
using Orchestrator.Functions.Parity;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Releases;

/// <summary>
/// Takes a release to every stack that it names and this instance drives. Each stack has its own run: one that fails, waits or
/// is down changes nothing for the others.
/// </summary>
public static class ReleaseOrchestration
{
    /// <summary>How the release ended, per stack and as a whole; input is a <see cref="ReleaseRequest"/>.</summary>
    [Function(nameof(ReleaseOrchestration))]
    public static async Task<ReleaseRun> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var request = context.GetInput<ReleaseRequest>()!;
        var begun = context.CurrentUtcDateTime;
        var plan = await ReadAsync(context, request);
        if (plan.Refusal is not null)
        {
            await RefuseAsync(context, new(request, plan.Commit, plan.Refusal));
            return ReleaseRun.Refused(plan.Refusal);
        }

        var stacks = await Task.WhenAll(plan.Stacks.Select(order => RollOutAsync(context, order)));
        if (plan.Stacks is [var any, ..])
        {
            await ReportAsync(context, new(request.Key, any.Candidate.Version, begun, context.CurrentUtcDateTime, stacks));
        }

        return ReleaseRun.Of(stacks, plan.Parity is { } order ? await CompareAsync(context, order) : null);
    }

    private static async Task<ReleasePlan> ReadAsync(TaskOrchestrationContext context, ReleaseRequest request)
    {
        try
        {
            return await context.CallActivityAsync<ReleasePlan>(nameof(ReadRelease), request, Retries.ForReleases);
        }
        catch (TaskFailedException failure)
        {
            return ReleasePlan.Refused(null, $"the release could not be read: {failure.FailureDetails.ErrorMessage}");
        }
    }

    private static async Task<StackRun> RollOutAsync(TaskOrchestrationContext context, StackOrder order)
    {
        try
        {
            return await context.CallSubOrchestratorAsync<StackRun>(
                nameof(StackRollout),
                order,
                new TaskOptions().WithInstanceId(order.Candidate.Key.StackRun(order.Stack)));
        }
        catch (TaskFailedException failure)
        {
            return StackRun.Broken(order.Stack, failure.FailureDetails.ErrorMessage);
        }
    }

    private static async Task ReportAsync(TaskOrchestrationContext context, ReleaseReport report)
    {
        try
        {
            await context.CallActivityAsync(nameof(ReportRelease), report, Retries.ForState);
        }
        catch (TaskFailedException)
        {
            // The end stands in the run's own result; what is said on the release is a courtesy.
            context.SetCustomStatus("GitHub could not be told");
        }
    }

    private static async Task<ParityOutcome?> CompareAsync(TaskOrchestrationContext context, ParityOrder order)
    {
        try
        {
            await context.CallActivityAsync(nameof(PublishScores), order, Retries.ForState);
            return await context.CallActivityAsync<ParityOutcome>(nameof(JudgeParity), order, Retries.ForState);
        }
        catch (TaskFailedException)
        {
            // Nothing is known of how the stacks compare, and that fails no release.
            context.SetCustomStatus("the stacks could not be compared");
            return null;
        }
    }

    private static async Task RefuseAsync(TaskOrchestrationContext context, RefusalReport report)
    {
        try
        {
            await context.CallActivityAsync(nameof(ReportRefusal), report, Retries.ForReporting);
        }
        catch (TaskFailedException)
        {
            // The refusal stands in the run's own result; GitHub's copy of it is a courtesy.
            context.SetCustomStatus("GitHub could not be told");
        }
    }
}
