using Orchestrator.Core.Names;
using Orchestrator.Core.Suites;

namespace Orchestrator.Core.Parity;

/// <summary>What one stack has to show for a release: numbers under case ids.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Tag">The release.</param>
/// <param name="Model">The models that were asked, for people.</param>
/// <param name="At">When they were.</param>
/// <param name="Scores">What they have shown.</param>
public sealed record StackResult(StackName Stack, ReleaseTag Tag, string Model, DateTimeOffset At, SuiteScores Scores);
