namespace Orchestrator.Core.Rollouts;

/// <summary>How a release ended as a whole. The stacks are independent: each has its own end.</summary>
/// <param name="Phase">The worst end of its stacks.</param>
/// <param name="Reason">Why the release reached no stack; null when it did.</param>
/// <param name="Stacks">The stacks that this instance drives and the release names.</param>
public sealed record ReleaseRun(RunPhase Phase, string? Reason, IReadOnlyList<StackRun> Stacks)
{
    /// <summary>The end that follows from how the stacks ended.</summary>
    public static ReleaseRun Of(IReadOnlyList<StackRun> stacks) =>
        new((stacks.All(stack => stack.IsLeftOut) ? stacks : stacks.Where(stack => !stack.IsLeftOut)).Select(stack => stack.Phase).Worst(), null, stacks);

    /// <summary>A release that could not be read.</summary>
    public static ReleaseRun Refused(string reason) => new(RunPhase.Failed, reason, []);
}
