namespace Orchestrator.Functions.Azure;

/// <summary>A stack could not be asked, or not now. The same call may succeed later.</summary>
public sealed class StackUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
