using Orchestrator.Core.Names;

namespace Orchestrator.Functions.Lanes;

/// <summary>A region that asks whether it may go to work, or has done its work.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Run">The region's run.</param>
/// <param name="Most">How many regions of the stack may be at work at once.</param>
public sealed record SlotOrder(StackName Stack, string Run, int Most);

/// <summary>Whether a region may go to work.</summary>
/// <param name="MayWork">Whether it may.</param>
public sealed record SlotAnswer(bool MayWork);
