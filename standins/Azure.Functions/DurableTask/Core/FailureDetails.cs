namespace DurableTask.Core;

/// <summary>What remains of an exception, in the words of the framework beneath.</summary>
/// <param name="errorType">The exception's full type name.</param>
/// <param name="errorMessage">Its message.</param>
/// <param name="stackTrace">Its stack trace.</param>
/// <param name="innerFailure">Its cause.</param>
/// <param name="isNonRetriable">Whether no retry policy applies.</param>
public class FailureDetails(string errorType, string errorMessage, string? stackTrace, FailureDetails? innerFailure, bool isNonRetriable)
{
    /// <summary>The exception's full type name.</summary>
    public string ErrorType { get; } = errorType;

    /// <summary>Its message.</summary>
    public string ErrorMessage { get; } = errorMessage;

    /// <summary>Its stack trace.</summary>
    public string? StackTrace { get; } = stackTrace;

    /// <summary>Its cause.</summary>
    public FailureDetails? InnerFailure { get; } = innerFailure;

    /// <summary>Whether no retry policy applies.</summary>
    public bool IsNonRetriable { get; } = isNonRetriable;
}
