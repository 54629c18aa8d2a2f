using System.Text.Json.Serialization;
using Orchestrator.Core.Names;
using Orchestrator.Functions.Parity;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Releases;

/// <summary>What follows from a release: the orders for its stacks, or why there are none.</summary>
/// <param name="Commit">The commit that the tag names; null when not even that is known.</param>
/// <param name="Stacks">An order for each stack that the manifest names and this instance drives.</param>
/// <param name="Refusal">Why the release is not rolled out; null when it is.</param>
/// <param name="Parity">How the stacks are compared once they have ended; null where they are not, and in the histories of builds that did not.</param>
public sealed record ReleasePlan(
    CommitSha? Commit,
    IReadOnlyList<StackOrder> Stacks,
    string? Refusal,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ParityOrder? Parity = null)
{
    internal static ReleasePlan Refused(CommitSha? commit, string reason) => new(commit, [], reason);
}
