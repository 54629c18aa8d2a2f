using OrchestrationException = global::DurableTask.Core.Exceptions.OrchestrationException;

namespace Microsoft.DurableTask;

/// <summary>How often a task is tried, and how long to wait in between.</summary>
public class RetryPolicy
{
    /// <summary>A policy.</summary>
    /// <param name="maxNumberOfAttempts">At least 1; the first try counts.</param>
    /// <param name="firstRetryInterval">Longer than nothing.</param>
    /// <param name="backoffCoefficient">1 or more.</param>
    /// <param name="maxRetryInterval">At least the first interval, or infinite; an hour when null.</param>
    /// <param name="retryTimeout">At least the first interval, or infinite; no limit when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public RetryPolicy(
        int maxNumberOfAttempts,
        TimeSpan firstRetryInterval,
        double backoffCoefficient = 1.0,
        TimeSpan? maxRetryInterval = null,
        TimeSpan? retryTimeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxNumberOfAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstRetryInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(backoffCoefficient, 1.0);
        if (maxRetryInterval < firstRetryInterval && maxRetryInterval != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(nameof(maxRetryInterval), maxRetryInterval, "It must not be shorter than the first interval.");
        }

        if (retryTimeout < firstRetryInterval && retryTimeout != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(nameof(retryTimeout), retryTimeout, "It must not be shorter than the first interval.");
        }

        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = maxRetryInterval ?? TimeSpan.FromHours(1);
        RetryTimeout = retryTimeout ?? Timeout.InfiniteTimeSpan;
    }

    /// <summary>Tries at most, with the first.</summary>
    public int MaxNumberOfAttempts { get; }

    /// <summary>The wait before the second try.</summary>
    public TimeSpan FirstRetryInterval { get; }

    /// <summary>How the wait grows.</summary>
    public double BackoffCoefficient { get; }

    /// <summary>The longest wait; infinite when there is no limit.</summary>
    public TimeSpan MaxRetryInterval { get; }

    /// <summary>How long tries go on; infinite when there is no limit.</summary>
    public TimeSpan RetryTimeout { get; }

    /// <summary>Whether a failure of a task or a sub-orchestration is worth another try; always, when nobody set it.</summary>
    public Func<Exception, bool> Handle { get; private init; } = _ => true;

    /// <summary>Sets <see cref="Handle"/> by what remains of the exception.</summary>
    /// <exception cref="InvalidOperationException">At the question: it is about another exception than a task's or a sub-orchestration's.</exception>
    public Func<TaskFailureDetails, bool> HandleFailure
    {
        init => Handle = failure => value((failure as OrchestrationException)?.FailureDetails is { } details
            ? Details(details)
            : throw new InvalidOperationException($"Expected the failure of a task or of a sub-orchestration, found {failure.GetType()}."));
    }

    private static TaskFailureDetails Details(global::DurableTask.Core.FailureDetails failure) =>
        new(failure.ErrorType, failure.ErrorMessage, failure.StackTrace, failure.InnerFailure is { } inner ? Details(inner) : null, null);
}
