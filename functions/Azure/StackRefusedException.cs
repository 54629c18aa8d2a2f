namespace Orchestrator.Functions.Azure;

/// <summary>A stack's cloud refused a call, and would refuse it again. Activities turn this into a rejection, a value.</summary>
public sealed class StackRefusedException(string message, Exception? inner = null) : Exception(message, inner);
