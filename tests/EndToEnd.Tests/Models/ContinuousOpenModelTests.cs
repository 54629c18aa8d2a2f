using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Core.Configurations;
using Orchestrator.Core.Names;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Verification;
using Orchestrator.Core.Watch;
using Orchestrator.Functions.Models;
using Orchestrator.Functions.Models.Continuous;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Suites;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox.Models;

namespace Orchestrator.EndToEnd.Tests.Models;

/// <summary>What becomes of open weights after their promotion, on a customer's cluster and on servers of an online endpoint.</summary>
public sealed class ContinuousOpenModelTests
{
    private const string Stack = DemoStacks.ChinaOpen;
    private const string Model = "deepseek-v4-flash";
    private const string Version = "2025-12-01";

    private static readonly string Other = new('9', 64);

    [Fact]
    public async Task A_cluster_that_serves_what_was_promoted_is_fine_and_one_that_serves_something_else_is_found()
    {
        await using var world = await World.StartAsync(ContinuousWorld.Of("staging", ContinuousPolicy.Default, stack: Stack));
        var (cluster, server) = (world.Demo.Sandbox.Clouds[SandboxStacks.CloudOf(Stack)].External, DemoModels.ServerOf("staging", Model));
        var digest = ModelWorld.Weights(DemoModelKind.Next).Digest().Value;
        var served = $"{Model}-{digest[..12]}";
        await world.RollOutAsync(manifest: DemoReleases.Manifest(DemoReleases.NextVersion, new Dictionary<string, DemoModelKind> { [Stack] = DemoModelKind.Next }));

        var good = (await ContinuousWorld.VerifyAsync(world)).Regions.ShouldHaveSingleItem();
        (good.Finding, good.Release, good.Models[0].Identity).ShouldBe((null, "v1.1.0", digest));
        good.Models[0].LastLook.ShouldNotBeNull().Verdict.ShouldBe(Verdict.Pass);
        good.Check(ModelCheckKind.Identity).Detail.ShouldBe($"{served} answers as {served}");

        cluster.Stop(server, served);
        var gone = (await ContinuousWorld.VerifyAsync(world)).Regions.ShouldHaveSingleItem();
        gone.Finding.ShouldNotBeNull().ShouldSatisfyAllConditions(
            finding => finding.Kind.ShouldBe(FindingKind.Drift),
            finding => finding.Detail.ShouldBe($"{Model}: expected the cluster to serve {served}, found {Model}"));

        cluster.Stop(server, Model);
        var down = await IdentityAsync(world);
        (down.Verdict, down.Detail.Split(": ")[0]).ShouldBe((Verdict.Error, "the cluster does not say what it serves"), "what does not answer has not changed");

        cluster.Serve(server, new(served, digest));
        (await ContinuousWorld.VerifyAsync(world)).Regions.ShouldHaveSingleItem().Finding.ShouldBeNull("it is as it was again");

        world.Demo.Sandbox.Clouds[SandboxStacks.CloudOf(Stack)].Models.Add(SandboxModel.Open(Model, Other) with { Manner = "Something else." });
        cluster.Serve(server, new(served, Other));
        var swapped = (await ContinuousWorld.VerifyAsync(world)).Regions.ShouldHaveSingleItem();
        swapped.Check(ModelCheckKind.Identity).Verdict.ShouldBe(Verdict.Pass, "a name is all that a cluster says");
        swapped.Finding.ShouldNotBeNull().Detail.ShouldStartWith($"{Model}: answers changed though the identity did not: ");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_online_endpoint_whose_servers_load_what_was_promoted_is_fine_and_other_weights_are_found(bool isOnCluster)
    {
        var time = new SimulatedTime(new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));
        var options = SandboxStacks.Options(new());
        await using var world = await TimedWorld.StartAsync(
            options with { GitHub = options.GitHub with { TimeProvider = time }, Limits = new(1_000_000, 1_000_000, 1_000_000, 1_000_000) },
            [Online(isOnCluster)],
            ContinuousWorld.Of("staging", ContinuousPolicy.Default, stack: Stack),
            time);
        (await world.RollOutAsync()).Phase.ShouldBe(RunPhase.Succeeded);
        var verifier = world.Host.Services.GetRequiredService<ModelVerifier>();
        var resources = world.Host.Services.GetRequiredService<ModelResources>();
        var target = verifier.Regions.ShouldHaveSingleItem();
        var slot = target.Region.Models!.Open.ShouldHaveSingleItem();
        var blue = $"Microsoft.MachineLearningServices/workspaces/{slot.Workspace}/onlineEndpoints/{slot.OnlineEndpoint}/deployments/blue";

        var good = await LookAsync();
        good.Finding.ShouldBeNull();
        good.Models[0].LastLook.ShouldNotBeNull().Verdict.ShouldBe(Verdict.Pass);
        good.Check(ModelCheckKind.Identity).Detail.ShouldBe($"{Model} answers as {Model}");
        (await world.Host.Services.GetRequiredService<ModelLookStore>().LastAsync(target, TestContext.Current.CancellationToken)).ShouldNotBeNull()
            .Turns.ShouldNotBeNull().Keys.ShouldBe([Model], "the next look knows who had a turn");
        var promoted = good.Models[0].Identity.ShouldNotBeNull();

        await LoadAsync(Other);
        var changed = await LookAsync();
        changed.Finding.ShouldNotBeNull().ShouldSatisfyAllConditions(
            finding => finding.Kind.ShouldBe(FindingKind.Drift),
            finding => finding.Detail.ShouldStartWith($"{Model}: expected server blue to load weights {promoted}, found {Other}"));

        await LoadAsync(promoted);
        (await LookAsync()).Finding.ShouldBeNull("it is as it was again");

        async Task<RegionModelsView> LookAsync() =>
            (await verifier.LookNowAsync(world.Host.Client, _ => true, TestContext.Current.CancellationToken)).Regions.ShouldHaveSingleItem();

        // As somebody with the right to it would.
        async Task LoadAsync(string weights)
        {
            var server = (await resources.ReadAsync(target, blue, Version, TestContext.Current.CancellationToken)).ShouldNotBeNull();
            var properties = server["properties"]!.DeepClone().AsObject();
            properties.Remove("provisioningState");
            properties["environmentVariables"]!["WEIGHTS_DIGEST"] = weights;
            await resources.PutAsync(target, blue, Version, new() { ["location"] = server["location"]!.DeepClone(), ["sku"] = server["sku"]?.DeepClone(), ["properties"] = properties }, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Weights_are_not_held_to_what_they_scored_in_another_server()
    {
        var time = new SimulatedTime(new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));
        var options = SandboxStacks.Options(new());
        await using var world = await TimedWorld.StartAsync(
            options with { GitHub = options.GitHub with { TimeProvider = time }, Limits = new(1_000_000, 1_000_000, 1_000_000, 1_000_000) },
            [Online(isOnCluster: false)],
            ContinuousWorld.Of("staging", ContinuousPolicy.Default, stack: Stack),
            time);
        var (verifier, gates) = (world.Host.Services.GetRequiredService<ModelVerifier>(), world.Host.Services.GetRequiredService<SuiteScoreStore>());
        var target = verifier.Regions.ShouldHaveSingleItem();

        (await world.RollOutAsync(Manifest("1.1.0"))).Phase.ShouldBe(RunPhase.Succeeded);
        (await gates.PassedAsync(target, Model, TestContext.Current.CancellationToken)).ShouldNotBeNull().ServerDigest.ShouldBeNull("it is the stack's own server");
        (await world.RollOutAsync(Manifest("1.2.0", "--max-num-seqs", "8"))).Phase.ShouldBe(RunPhase.Succeeded);
        var passed = (await gates.PassedAsync(target, Model, TestContext.Current.CancellationToken)).ShouldNotBeNull();
        passed.ServerDigest.ShouldNotBeNull();
        (await QualityAsync()).ShouldNotStartWith("the first look");

        var back = new ReleaseScope(target.Stack, target.Environment, IsRollback: true, "users like it better", "ada");
        var run = await world.Host.Services.GetRequiredService<ReleaseStarter>().StartAgainAsync(world.Host.Client, Identifier.Parse<RepositoryName>(DemoStacks.Repository.Value), Identifier.Parse<ReleaseTag>("v1.1.0"), back, TestContext.Current.CancellationToken);
        await world.Host.Client.WaitForInstanceCompletionAsync(run, TestContext.Current.CancellationToken);
        (await gates.PassedAsync(target, Model, TestContext.Current.CancellationToken)).ShouldNotBeNull().Tag.ShouldBe(passed.Tag, "nobody is asked on the way back");

        (await QualityAsync()).ShouldBe("the first look: later ones are compared with it");

        // The clock may yet go on to timers of what has ended, and a look has a limit by the clock: then not all was seen.
        async Task<string> QualityAsync()
        {
            while (true)
            {
                var region = (await verifier.LookNowAsync(world.Host.Client, _ => true, TestContext.Current.CancellationToken)).Regions.ShouldHaveSingleItem();
                if (region.Problem is null)
                {
                    return region.Check(ModelCheckKind.Quality).Detail;
                }

                region.Problem.ShouldStartWith("not all was seen");
                await Breath.TakeAsync();
            }
        }

        static JsonObject Manifest(string version, params string[] arguments)
        {
            var manifest = JsonNode.Parse(DemoReleases.Manifest(version, new Dictionary<string, DemoModelKind> { [Stack] = DemoModelKind.Next }))!.AsObject();
            if (arguments.Length > 0)
            {
                manifest["stacks"]![Stack]!["openWeights"]![0]!["server"] = new JsonObject { ["arguments"] = new JsonArray([.. arguments.Select(argument => JsonValue.Create(argument))]) };
            }

            return manifest;
        }
    }

    private static async Task<ModelCheck> IdentityAsync(World world)
    {
        var region = ModelRegion.All(world.Demo.Topology, world.Demo.Host.Services, Stack).ShouldHaveSingleItem();
        var entry = (await region.EntriesAsync()).ShouldHaveSingleItem();
        return await world.Demo.Host.Services.GetRequiredService<ModelIdentity>().LookAsync(region.Target, ModelKind.External, entry, TestContext.Current.CancellationToken);
    }

    // The stack with servers of its own in staging, on machines of Azure's or on a cluster.
    private static DemoStack Online(bool isOnCluster)
    {
        var shipped = DemoStacks.Of(Stack);
        var configuration = shipped.Edit();
        var model = configuration["environments"]![0]!["openModels"]![0]!.AsObject();
        configuration["compliance"]!["exportLicence"] = "a licence";
        model["serving"] = "azureml";
        model["image"] = $"contoso.azurecr.cn/vllm@sha256:{new string('d', 64)}";
        model["accelerator"] = new JsonObject { ["vendor"] = "nvidia", ["kind"] = "T4", ["vmSize"] = "Standard_NC4as_T4_v3" };
        model.Remove("endpoint");
        if (isOnCluster)
        {
            model["accelerator"]!.AsObject().Remove("vmSize");
            model["cluster"] = new JsonObject
            {
                ["id"] = $"/subscriptions/{configuration["subscriptionId"]}/resourceGroups/rg/providers/Microsoft.Kubernetes/connectedClusters/own",
                ["namespace"] = "models",
            };
        }

        var json = configuration.ToJsonString();
        return shipped with { Json = json, Configuration = StackConfigurationParser.Parse(json).Value.ShouldNotBeNull() };
    }
}
