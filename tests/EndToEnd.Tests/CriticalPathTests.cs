using Orchestrator.Core.Analysis;
using Orchestrator.Core.Lanes;
using Orchestrator.Core.Names;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;
using Orchestrator.Core.Watch;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox.Latency;

namespace Orchestrator.EndToEnd.Tests;

public sealed class CriticalPathTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_is_the_reading_of_the_release_then_the_slowest_region_of_each_wave_with_its_holds_and_bakes() =>
        Of(
            Wait("github", 0, 1),
            Wait("cloud/canary", 1, 5),
            Wait("github", 4, 5),
            Wait("cloud/one", 100, 110),
            Wait("cloud/two", 100, 108),
            Wait("cloud/two", 109, 115)).ShouldBe(1 + (4 + 30 + 60) + (14 + 30));

    [Fact]
    public void Waits_that_overlap_are_waited_for_once() =>
        Of(Wait("cloud/canary", 1, 5), Wait("cloud/canary", 2, 3), Wait("cloud/canary", 4, 6), Wait("cloud/one", 100, 101)).ShouldBe((5 + 30 + 60) + (1 + 30));

    [Fact]
    public void What_is_tidied_up_in_all_waves_at_once_counts_once() =>
        Of(
            Wait("cloud/canary", 1, 5),
            Wait("cloud/one", 100, 110),
            Wait("cloud/canary", 200, 210),
            Wait("cloud/one", 200, 209)).ShouldBe((4 + 30 + 60) + (19 + 30));

    // A canary wave with a bake of a minute, then a wave of two regions; one share of the traffic, held for half a minute.
    private static double Of(params SimulatedWait[] waits)
    {
        var environment = new EnvironmentDefinition(
            Identifier.Parse<EnvironmentName>("production"),
            [Wave("canary", TimeSpan.FromMinutes(1), "canary"), Wave("broad", TimeSpan.Zero, "one", "two")],
            RolloutPolicy.Default with { Traffic = [new(10, TimeSpan.FromSeconds(30))] },
            VerificationPolicy.Default,
            AnalysisPolicy.Default,
            LanePolicy.Default,
            DriftAction.Report);
        var stack = DemoStacks.Of(DemoStacks.UsClosed).Configuration;
        return CriticalPath.Of(
            new(stack.Name, stack.Cloud, stack.TenantId, stack.SubscriptionId, new(CredentialKind.Default), [environment]),
            "cloud",
            waits).TotalSeconds;
    }

    private static WaveDefinition Wave(string name, TimeSpan bake, params string[] regions) => new(
        Identifier.Parse<WaveName>(name),
        [.. regions.Select(region => new RegionDefinition(Identifier.Parse<RegionName>(region), Identifier.Parse<ResourceGroupName>("rg"), Identifier.Parse<ContainerAppName>("app")))],
        bake);

    private static SimulatedWait Wait(string place, double start, double end) => new(place, "a wait", Begin.AddSeconds(start), Begin.AddSeconds(end));
}
