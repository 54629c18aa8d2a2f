using Microsoft.DurableTask;
using Orchestrator.Core.Approvals;
using Orchestrator.Core.Problems;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Approvals;

/// <summary>
/// A rollout's wait for those who have to approve it. It waits outside its lane, so that nobody stands behind an undecided
/// release; and it asks again once it has the lane, as the plan may have become another one meanwhile.
/// </summary>
internal sealed class ApprovalWait(TaskOrchestrationContext context, RolloutOrder order, StopSignal stop, RolloutJournal journal)
{
    private readonly DateTimeOffset until = context.CurrentUtcDateTime + (order.Environment.Approval?.Within ?? TimeSpan.Zero);

    // Who goes back has decided already, and is in a hurry.
    private bool IsNeeded => order.Environment.Approval is not null && !order.Candidate.IsRollback;

    /// <summary>How the rollout ended because its plan was not approved; null when it was, or need not be.</summary>
    public async Task<EnvironmentRun?> UntilGrantedAsync()
    {
        if (!IsNeeded)
        {
            return null;
        }

        for (var look = 0; ; look++)
        {
            var answer = await AskAsync();
            switch (answer.State)
            {
                case ApprovalState.Granted:
                    return null;
                case ApprovalState.Rejected:
                    return NotBegun(RunPhase.Skipped, answer.Reason!);
                case ApprovalState.Superseded:
                    return NotBegun(RunPhase.Superseded, answer.Reason!);
                default:
                    break;
            }

            if (context.CurrentUtcDateTime >= until)
            {
                return NotBegun(RunPhase.Skipped, $"not approved within {DurationText.Format(order.Environment.Approval!.Within)}: {answer.Reason}");
            }

            journal.Wait(answer.Reason!, RolloutActivity.AwaitingApproval);
            if (!await Nudges.WaitAsync(context, stop, look, until))
            {
                return EnvironmentRun.NotBegun(order.Environment.Name, await stop.OrderAsync());
            }
        }
    }

    /// <summary>Whether the plan is still the one that was approved, now that nobody else changes anything here.</summary>
    public async Task<bool> IsStillGrantedAsync() => !IsNeeded || (await AskAsync()).State == ApprovalState.Granted;

    private async Task<ApprovalAnswer> AskAsync()
    {
        try
        {
            return await context.CallActivityAsync<ApprovalAnswer>(nameof(AskApproval), order, Retries.ForReading);
        }
        catch (TaskFailedException failure)
        {
            return new(ApprovalState.Waiting, $"what runs could not be read: {failure.FailureDetails.ErrorMessage}");
        }
    }

    private EnvironmentRun NotBegun(RunPhase phase, string reason) => EnvironmentRun.NotBegun(order.Environment.Name, phase, reason);
}
