using Orchestrator.Core.Approvals;
using Orchestrator.Core.Names;
using Orchestrator.Core.Plans;

namespace Orchestrator.Functions.Plans;

/// <summary>What a release would do everywhere.</summary>
/// <param name="Tag">Its tag.</param>
/// <param name="Commit">The commit that the tag names; null when it is not known.</param>
/// <param name="IsDraft">Whether it has yet to be published.</param>
/// <param name="IsPrerelease">Whether it is a prerelease.</param>
/// <param name="Refusal">Why it would not be rolled out at all; null when it would.</param>
/// <param name="Rollouts">The rollouts that would follow, in order for each stack.</param>
public sealed record ReleasePlanView(ReleaseTag Tag, CommitSha? Commit, bool IsDraft, bool IsPrerelease, string? Refusal, IReadOnlyList<PlannedRolloutView> Rollouts);

/// <summary>A rollout that would follow.</summary>
/// <param name="Rollout">The id that it would have, or has.</param>
/// <param name="Stack">The stack.</param>
/// <param name="Environment">The environment.</param>
/// <param name="Plan">What it would change; null when its cloud does not say what runs.</param>
/// <param name="Problem">Why there is no plan.</param>
/// <param name="Approval">Where the plan stands with its approvers; null when it needs none.</param>
public sealed record PlannedRolloutView(string Rollout, StackName Stack, EnvironmentName Environment, RolloutPlan? Plan, string? Problem, ApprovalAnswer? Approval);
