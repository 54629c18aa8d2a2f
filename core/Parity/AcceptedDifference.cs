namespace Orchestrator.Core.Parity;

/// <summary>Why a difference between the stacks is accepted for a while, and who accepts it.</summary>
/// <param name="Category">What it is about: a category of the suite, <see cref="ParityDemand.Overall"/> or <see cref="ParityDemand.Latency"/>.</param>
/// <param name="Until">The last day that it holds, in UTC.</param>
/// <param name="Reason">Why.</param>
/// <param name="ApprovedBy">Who has approved it.</param>
public sealed record AcceptedDifference(string Category, DateOnly Until, string Reason, string ApprovedBy)
{
    /// <summary>Whether it holds on a day.</summary>
    public bool HoldsOn(DateOnly day) => day <= Until;
}
