using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Models;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.Rollouts.Activities;
using Orchestrator.Local.Demo;

namespace Orchestrator.EndToEnd.Tests.Models;

/// <summary>Orders to bring a release's weights to the online endpoint of <see cref="OnlineWorld"/>, planned as a rollout plans them.</summary>
internal static class OnlineOrders
{
    /// <summary>The order.</summary>
    /// <param name="target">Where.</param>
    /// <param name="now">What the gateway asks that serves now.</param>
    /// <param name="weights">What the release pins.</param>
    /// <param name="server">What it gives them to run in.</param>
    /// <param name="known">What a revision asks that the release has already.</param>
    public static ModelOrder Of(RegionTarget target, ModelEntry now, Sha256Digest weights, WeightsServer? server, IReadOnlyList<ModelEntry>? known)
    {
        var pins = new ModelPins([], [new(OnlineWorld.Model, "Qwen/Qwen3.6-27B", Identifier.Parse<CommitSha>(new string('e', 40)), weights, 1_000, "Apache-2.0", server)]);
        var plan = ModelPlanner.Plan(target.Region.Models!, pins, [now], known);
        plan.Rejection.ShouldBeNull();
        var demo = DemoStacks.Of(DemoStacks.UsClosed).Configuration;
        var candidate = new Candidate(
            new(DemoStacks.Repository, Identifier.Parse<ReleaseTag>("v1.1.0"), 1),
            Identifier.Parse<CommitSha>(new string('c', 40)),
            new("https://github.com/"),
            "1.1.0",
            demo.Image,
            [OnlineWorld.Model],
            Probe: null,
            Pins: pins);
        var environment = demo.Environments[0];
        return new(new(target, candidate, RolloutPolicy.Default, environment.Verification, environment.Analysis) { Models = plan }, plan.Changes.ShouldHaveSingleItem());
    }
}
