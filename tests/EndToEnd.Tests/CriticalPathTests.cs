using Orchestrator.Core.Analysis;
using Orchestrator.Core.Configurations;
using Orchestrator.Core.Lanes;
using Orchestrator.Core.Names;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;
using Orchestrator.Core.Watch;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox.Latency;

namespace Orchestrator.EndToEnd.Tests;

public sealed class CriticalPathTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    private static readonly StackConfiguration Stack = DemoStacks.Of(DemoStacks.UsClosed).Configuration;

    // A canary wave with a bake of a minute, then a wave of two regions; one share of the traffic, held for half a minute.
    private static readonly EnvironmentDefinition Production = new(
        Identifier.Parse<EnvironmentName>("production"),
        [Wave("canary", TimeSpan.FromMinutes(1), "canary"), Wave("broad", TimeSpan.Zero, "one", "two")],
        RolloutPolicy.Default with { Traffic = [new(10, TimeSpan.FromSeconds(30))] },
        VerificationPolicy.Default,
        AnalysisPolicy.Default,
        LanePolicy.Default,
        DriftAction.Report);

    [Fact]
    public void It_is_the_reading_of_the_release_then_the_slowest_region_of_each_wave_with_its_holds_and_bakes() =>
        Of(
            Wait("github", 0, 1),
            Wait("cloud/canary", 2, 6),
            Wait("github", 4, 5),
            Wait("cloud/one", 110, 120),
            Wait("cloud/two", 110, 118),
            Wait("cloud/two", 119, 125)).ShouldBe(1 + (4 + 30 + 60) + (14 + 30));

    [Fact]
    public void Waits_that_overlap_are_waited_for_once() =>
        Of(Wait("cloud/canary", 2, 6), Wait("cloud/canary", 3, 4), Wait("cloud/canary", 5, 7), Wait("cloud/one", 110, 111)).ShouldBe((5 + 30 + 60) + (1 + 30));

    [Fact]
    public void A_wave_is_verified_again_after_its_bake_and_before_the_next_one_begins() =>
        Of(Wait("cloud/canary", 2, 6), Wait("cloud/canary", 100, 103), Wait("cloud/one", 110, 111)).ShouldBe((4 + 30 + 60 + 3) + (1 + 30));

    [Fact]
    public void The_slowest_region_to_be_promoted_and_the_slowest_to_be_tidied_up_may_be_different_ones() =>
        Of(
            Wait("cloud/canary", 2, 6),
            Wait("cloud/one", 110, 120),
            Wait("cloud/two", 110, 112),
            Wait("cloud/canary", 200, 210),
            Wait("cloud/one", 200, 202),
            Wait("cloud/two", 200, 209)).ShouldBe((4 + 30 + 60) + (10 + 30) + 10);

    // The canary is promoted after 40 s, the other regions after 190.
    private static double Of(params SimulatedWait[] waits)
    {
        var rollout = new RolloutSummary("rollout", "release", Identifier.Parse<ReleaseTag>("v1.1.0"), Stack.Name, Production.Name, RunPhase.Succeeded, Verdict.Pass, null, At(1.5), At(220));
        var ended = new RolloutView(rollout, null, [.. Production.Waves.Zip([40, 190], (wave, promoted) =>
            new WaveView(wave.Name, [.. wave.Regions.Select(region => new RegionRun(region.Name, RegionStep.Promoted, At(promoted)))]))]);
        var stack = new StackDefinition(Stack.Name, Stack.Cloud, Stack.TenantId, Stack.SubscriptionId, new(CredentialKind.Default), [Production]);
        return CriticalPath.Of(stack, "cloud", [ended], waits).TotalSeconds;
    }

    private static WaveDefinition Wave(string name, TimeSpan bake, params string[] regions) => new(
        Identifier.Parse<WaveName>(name),
        [.. regions.Select(region => new RegionDefinition(Identifier.Parse<RegionName>(region), Identifier.Parse<ResourceGroupName>("rg"), Identifier.Parse<ContainerAppName>("app")))],
        bake);

    private static SimulatedWait Wait(string place, double start, double end) => new(place, "a wait", At(start), At(end));

    private static DateTimeOffset At(double second) => Begin.AddSeconds(second);
}
