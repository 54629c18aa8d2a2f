using Orchestrator.Core.Suites;
using Orchestrator.Functions.Suites.Calls;

namespace Orchestrator.Functions.Suites.Graders;

/// <summary>Grades answers to one case. Used by several tries at once.</summary>
internal interface IAnswerGrader
{
    /// <summary>What it says of an answer. Nothing that an answer holds makes this throw.</summary>
    ValueTask<Grade> GradeAsync(GradedTry graded, CancellationToken cancellationToken);
}

/// <summary>What is graded.</summary>
/// <param name="Case">The case.</param>
/// <param name="Seed">The try's seed.</param>
/// <param name="Reply">What the model replied.</param>
internal sealed record GradedTry(SuiteCase Case, int Seed, ModelReply Reply);
