namespace Microsoft.DurableTask;

/// <summary>How often a task is tried, and how long to wait in between.</summary>
public class RetryPolicy
{
    /// <summary>A policy.</summary>
    /// <param name="maxNumberOfAttempts">At least 1; the first try counts.</param>
    /// <param name="firstRetryInterval">Longer than nothing.</param>
    /// <param name="backoffCoefficient">1 or more.</param>
    /// <param name="maxRetryInterval">At least the first interval; an hour when null.</param>
    /// <param name="retryTimeout">At least the first interval; no limit when null.</param>
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
        if (maxRetryInterval < firstRetryInterval)
        {
            throw new ArgumentOutOfRangeException(nameof(maxRetryInterval), maxRetryInterval, "It must not be shorter than the first interval.");
        }

        if (retryTimeout < firstRetryInterval)
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

    /// <summary>The longest wait.</summary>
    public TimeSpan MaxRetryInterval { get; }

    /// <summary>How long tries go on; infinite when there is no limit.</summary>
    public TimeSpan RetryTimeout { get; }

    /// <summary>Which failures are worth another try; all when null.</summary>
    public Func<TaskFailureDetails, bool>? HandleFailure { get; init; }
}
