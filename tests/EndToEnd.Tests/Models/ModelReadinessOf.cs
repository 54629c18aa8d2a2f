using Orchestrator.Functions.Models;
using Orchestrator.Functions.Rollouts.Activities;

namespace Orchestrator.EndToEnd.Tests.Models;

/// <summary>What is expected of a model.</summary>
internal static class ModelReadinessOf
{
    public static ModelReadiness Ready(string detail) => new(Readiness.Ready, detail);

    public static ModelReadiness Failed(string detail) => new(Readiness.Failed, detail);
}
