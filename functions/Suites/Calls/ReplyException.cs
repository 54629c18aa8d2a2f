namespace Orchestrator.Functions.Suites.Calls;

/// <summary>A reply cannot be graded.</summary>
/// <param name="why">Why, in a sentence.</param>
/// <param name="isBreakdown">Whether the server broke down amid it; otherwise the reply itself is at fault.</param>
internal sealed class ReplyException(string why, bool isBreakdown = false) : Exception(why)
{
    public bool IsBreakdown => isBreakdown;
}
