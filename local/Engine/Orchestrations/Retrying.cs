using Microsoft.DurableTask;
using CoreFailureDetails = DurableTask.Core.FailureDetails;
using CoreTaskFailedException = DurableTask.Core.Exceptions.TaskFailedException;

namespace Orchestrator.Engine.Orchestrations;

/// <summary>Tries again, with durable timers in between.</summary>
internal static class Retrying
{
    // Far enough, and still a date when added to the clock.
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(3650);

    public static async Task<T> RunAsync<T>(TaskOrchestrationContext context, TaskRetryOptions? retry, Func<Task<T>> act)
    {
        if (retry is null)
        {
            return await act();
        }

        var begun = context.CurrentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan delay;
            try
            {
                return await act();
            }
            catch (TaskFailedException failure)
            {
                if (await DelayAsync(context, retry, attempt, begun, failure.FailureDetails) is not { } next)
                {
                    throw;
                }

                delay = next;
            }

            if (delay > TimeSpan.Zero)
            {
                await context.CreateTimer(delay, CancellationToken.None);
            }
        }
    }

    private static async Task<TimeSpan?> DelayAsync(TaskOrchestrationContext context, TaskRetryOptions retry, int attempt, DateTime begun, TaskFailureDetails failure)
    {
        var spent = context.CurrentUtcDateTime - begun;
        if (retry.Handler is { } handler)
        {
            return await handler(new RetryContext(context, attempt, failure, spent, CancellationToken.None)) ? TimeSpan.Zero : null;
        }

        var policy = retry.Policy!;
        var over = policy.RetryTimeout != Timeout.InfiniteTimeSpan && spent >= policy.RetryTimeout;
        if (attempt >= policy.MaxNumberOfAttempts || over || !policy.Handle(AsCoreException(failure)))
        {
            return null;
        }

        var grown = policy.FirstRetryInterval.Ticks * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        var longest = policy.MaxRetryInterval == Timeout.InfiniteTimeSpan ? LongestInterval : policy.MaxRetryInterval;
        return TimeSpan.FromTicks((long)Math.Min(grown, longest.Ticks));
    }

    // A policy's handler can only be asked about the exceptions of the framework beneath.
    private static CoreTaskFailedException AsCoreException(TaskFailureDetails failure) =>
        new(failure.ErrorMessage) { FailureDetails = AsCoreDetails(failure) };

    private static CoreFailureDetails AsCoreDetails(TaskFailureDetails failure) => new(
        failure.ErrorType,
        failure.ErrorMessage,
        failure.StackTrace,
        failure.InnerFailure is { } inner ? AsCoreDetails(inner) : null,
        isNonRetriable: false);
}
