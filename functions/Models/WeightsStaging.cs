using Orchestrator.Core.Verification;
using Orchestrator.Functions.Rollouts.Activities;

namespace Orchestrator.Functions.Models;

/// <summary>How far weights are staged.</summary>
/// <param name="State">How far.</param>
/// <param name="Detail">For people.</param>
/// <param name="Verdict">What it means for the release when it has failed.</param>
public sealed record WeightsStaging(Readiness State, string Detail, Verdict Verdict = Verdict.Fail);
