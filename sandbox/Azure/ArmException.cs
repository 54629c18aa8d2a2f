namespace Orchestrator.Sandbox.Azure;

/// <summary>An answer of ARM that is an error.</summary>
internal sealed class ArmException(int status, string code, string message, TimeSpan? retryAfter = null) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    public TimeSpan? RetryAfter => retryAfter;
}
