using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Models.Continuous;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox.Models;

namespace Orchestrator.EndToEnd.Tests.Models;

/// <summary>One environment of the stack with closed models, whose models are verified after their promotion.</summary>
internal static class ContinuousWorld
{
    public const string Stack = DemoStacks.UsClosed;
    public const string Model = "gpt-5";

    /// <summary>The version that the stack begins with.</summary>
    public const string First = "2026-08-07";

    /// <summary>The version that a release brings.</summary>
    public const string Next = "2026-10-01";

    // All tries of a case at once: what waits for a limit that does not lift, waits once.
    private static readonly GatePolicy Gate = GatePolicy.Default with { Parallel = 64 };

    /// <summary>The topology with that environment alone, and with the first of its waves.</summary>
    public static Func<Topology, Topology> Of(string environment, ContinuousPolicy policy, int waves = 1, string stack = Stack) => topology => topology with
    {
        Stacks = [.. topology.Stacks.Where(one => one.Name.Value == stack).Select(one => one with
        {
            Environments = [.. one.Environments.Where(part => part.Name.Value == environment).Select(part => part with { Waves = [.. part.Waves.Take(waves)], Gate = Gate, Continuous = policy })],
        })],
    };

    public static ModelCatalog Catalog(World world) => world.Demo.Sandbox.Clouds[SandboxStacks.CloudOf(Stack)].Models;

    public static async Task<ModelVerification> VerifyAsync(World world, object? body = null)
    {
        using var answer = await world.PostAsync("models/verify", body);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await answer.Content.ReadFromJsonAsync<ModelVerification>(JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!;
    }

    public static async Task<RegionModelsView> ShownAsync(World world) =>
        (await world.Keyed.GetFromJsonAsync<ModelsView>("api/models", JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!.Regions.ShouldHaveSingleItem();

    public static ModelCheck Check(this RegionModelsView region, ModelCheckKind kind) =>
        region.Models.ShouldHaveSingleItem().LastLook.ShouldNotBeNull().Checks.Single(check => check.Kind == kind);
}
