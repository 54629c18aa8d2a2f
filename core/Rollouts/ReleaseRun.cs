using Orchestrator.Core.Parity;

namespace Orchestrator.Core.Rollouts;

/// <summary>How a release ended as a whole. The stacks are independent: each has its own end.</summary>
/// <param name="Phase">The worst end of its stacks; failed when they differ more than the release allows.</param>
/// <param name="Reason">Why the release reached no stack, or how its stacks differ; null when neither is so.</param>
/// <param name="Stacks">The stacks that this instance drives and the release names.</param>
public sealed record ReleaseRun(RunPhase Phase, string? Reason, IReadOnlyList<StackRun> Stacks)
{
    /// <summary>The end that follows from how the stacks ended, and from what they show side by side where the release demands that.</summary>
    public static ReleaseRun Of(IReadOnlyList<StackRun> stacks, ParityOutcome? parity = null) => Of(stacks).With(parity);

    /// <summary>This end once the stacks were compared: a breach fails the whole, and leaves every stack what it is.</summary>
    public ReleaseRun With(ParityOutcome? parity) => parity?.Failure() is { } failure ? this with { Phase = RunPhase.Failed, Reason = failure } : this;

    private static ReleaseRun Of(IReadOnlyList<StackRun> stacks) =>
        new((stacks.All(stack => stack.IsLeftOut) ? stacks : stacks.Where(stack => !stack.IsLeftOut)).Select(stack => stack.Phase).Worst(), null, stacks);

    /// <summary>A release that could not be read.</summary>
    public static ReleaseRun Refused(string reason) => new(RunPhase.Failed, reason, []);
}
