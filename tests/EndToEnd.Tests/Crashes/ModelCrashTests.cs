using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Topologies;
using Orchestrator.EndToEnd.Tests.Models;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Models;
using Orchestrator.Functions.Outbound;
using Orchestrator.Local.Demo;

namespace Orchestrator.EndToEnd.Tests.Crashes;

/// <summary>The plug pulled while models are brought to both stacks: with a deployment asked for, in the midst of staging, and of the suite.</summary>
public sealed class ModelCrashTests
{
    [Fact]
    public Task A_release_that_changes_the_models_ends_as_an_undisturbed_one() => Crash.HoldsAsync(new()
    {
        Stacks = DemoStacks.Names,
        Shape = topology => Patient(ModelWorld.Few(waves: 0)(topology)),
        AskAsync = world => world.PublishAsync("1.1.0", DemoReleases.Manifest("1.1.0", DemoStacks.Names.ToDictionary(stack => stack, _ => DemoModelKind.Next))),
        Ends = RunPhase.Succeeded,
        Person = (_, _) => null,
        IsKilledAt = _ => false,
        Others =
        [
            new(new("preparingModels", "deployment gpt-5-2026-10-01", "eastus"), When.After),
            new(new("preparingModels", "weights: PUT BlockList model-00001-of-00002.safetensors", "chinaeast2"), When.Before),
            Moment.InTheMiddle("suite"),
        ],
        StandAsync = StandAsync,
    });

    // One suite is enough to be killed in.
    private static Topology Patient(Topology topology) => topology with
    {
        Stacks = [.. topology.Stacks.Select(stack => stack with
        {
            Environments = [.. stack.Environments.Select(CrashStacks.Patient).Select(environment => stack.Name.Value == CrashWorld.Stack
                ? environment with { Gate = GatePolicy.Default with { When = GateTrigger.Never } }
                : environment)],
        })],
    };

    private static async Task<IReadOnlyList<string>> StandAsync(CrashWorld world)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(world.Sandbox.CertificateAuthorityPem);
        await using var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new StackConnections([.. world.Topology.Stacks.Select(stack =>
                new StackConnection(stack, world.Sandbox.Clouds[SandboxStacks.CloudOf(stack.Name.Value)].Options.ClientSecret, () => OutboundHandlers.Create(roots)))]))
            .AddSingleton<ContainerApps>()
            .AddSingleton<ModelResources>()
            .AddSingleton<RegionWeights>()
            .BuildServiceProvider();
        var stand = new List<string>();
        foreach (var region in world.Topology.Stacks.SelectMany(stack => ModelRegion.All(world.Topology, services, stack.Name.Value)))
        {
            stand.AddRange((await region.EntriesAsync()).Select(entry => $"{region.Target} asks {entry.Asked} for {entry.Name} {entry.Identity}"));
            if (region.Target.Region.Models!.Account is not null)
            {
                stand.AddRange((await region.DeploymentsAsync()).Select(one => $"{region.Target} {one.Key}: {one.Value["properties"]!["model"]!.ToJsonString()}"));
                continue;
            }

            var folder = await region.FolderAsync(ModelWorld.Weights(DemoModelKind.Next));
            var progress = await folder.ProgressAsync(TestContext.Current.CancellationToken);
            (await folder.IsCompleteAsync(TestContext.Current.CancellationToken)).ShouldBeTrue();
            stand.Add($"{region.Target} {progress.StagedBytes} of {progress.TotalBytes} bytes, {progress.Unverified.Count} files not verified");
        }

        return stand;
    }
}
