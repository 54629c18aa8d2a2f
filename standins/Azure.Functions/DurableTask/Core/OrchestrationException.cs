namespace DurableTask.Core.Exceptions;

/// <summary>A failure inside an orchestration, in the words of the framework beneath.</summary>
/// <param name="message">What happened.</param>
public class OrchestrationException(string message) : Exception(message)
{
    /// <summary>What remains of the exception.</summary>
    public FailureDetails? FailureDetails { get; set; }
}

/// <summary>An activity failed.</summary>
/// <param name="reason">What happened.</param>
public class TaskFailedException(string reason) : OrchestrationException(reason);
