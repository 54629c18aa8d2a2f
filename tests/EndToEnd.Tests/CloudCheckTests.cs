using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Orchestrator.Core.Configurations;
using Orchestrator.Functions.Azure;
using Orchestrator.Local.Demo;
using Orchestrator.Local.Doctor;
using Orchestrator.Local.Provisioning;
using Orchestrator.Sandbox;
using Orchestrator.Sandbox.Azure;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>The doctor finds what a cloud lacks, from the cloud's own lists, read with the real client.</summary>
public sealed class CloudCheckTests
{
    [Theory]
    [InlineData(DemoStacks.UsClosed)]
    [InlineData(DemoStacks.ChinaOpen)]
    public async Task The_simulated_clouds_have_all_that_the_shipped_stacks_need(string stack)
    {
        var answers = await AskAsync(stack);

        answers.ShouldAllBe(answer => answer.Lacking.Count == 0);
        answers.Single(answer => answer.What == "resource types").Asked.ShouldBeGreaterThan(10);
        answers.Single(answer => answer.What == "regions of types").Asked.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task A_region_that_the_cloud_lacks_is_named_with_those_that_it_has()
    {
        var answers = await AskAsync(DemoStacks.ChinaOpen, cloud: cloud => cloud with { Regions = [.. cloud.Regions.Where(region => region != "chinaeast3")] });

        Lacking(answers, "regions of types").ShouldContain("expected Microsoft.App/containerApps in chinaeast3, found it in China East 2, China North 2, China North 3");
    }

    [Fact]
    public async Task A_plan_that_the_orchestrators_region_lacks_is_named()
    {
        var answers = await AskAsync(DemoStacks.UsClosed, cloud: cloud => cloud with { Offer = cloud.Offer with { Plans = ["ElasticPremium"] } });

        Lacking(answers, "plans").ShouldBe(["$.orchestrator.region: expected FlexConsumption in eastus2, found it in no region"]);
    }

    [Fact]
    public async Task A_model_version_that_the_cloud_lacks_is_named_with_those_that_it_has()
    {
        var answers = await AskAsync(DemoStacks.UsClosed, configuration => configuration["environments"]![0]!["closedModels"]![0]!["version"] = "2027-01-01");

        Lacking(answers, "closed models").ShouldBe(
        [
            "$.environments[0].closedModels[0]: expected OpenAI gpt-5 2027-01-01 as DataZoneStandard in eastus, found 2026-08-07 as DataZoneStandard, 2026-08-07 as GlobalStandard, 2026-08-07 as ProvisionedManaged, 2026-10-01 as DataZoneStandard, 2026-10-01 as GlobalStandard, 2026-10-01 as ProvisionedManaged, 2026-11-05 as DataZoneStandard, 2026-11-05 as GlobalStandard, 2026-11-05 as ProvisionedManaged",
        ]);
    }

    [Fact]
    public async Task Machines_that_the_cloud_lacks_or_keeps_from_the_subscription_are_named()
    {
        var answers = await AskAsync(
            DemoStacks.ChinaOpen,
            configuration =>
            {
                configuration["compliance"]!["exportLicence"] = "a licence";
                SelfServed(configuration["environments"]![0]!["openModels"]![0]!, "Standard_ND96isr_H100_v5");
                SelfServed(configuration["environments"]![1]!["openModels"]![0]!, "Standard_NC4as_T4_v3");
            },
            cloud => cloud with { Offer = cloud.Offer with { RestrictedVmSizes = ["Standard_NC4as_T4_v3"] } });

        var lacking = Lacking(answers, "machines");
        lacking.ShouldContain("$.environments[0].openModels[0].accelerator.vmSize: expected Standard_ND96isr_H100_v5 in chinaeast2, found no such size there");
        lacking.ShouldContain("$.environments[1].openModels[0].accelerator.vmSize: expected Standard_NC4as_T4_v3 in chinanorth3, found it closed to this subscription: NotAvailableForSubscription");
    }

    [Fact]
    public async Task A_type_and_a_version_that_the_cloud_lacks_are_named_once()
    {
        ResourceNeed[] needs =
        [
            new("Microsoft.App/containerApps", "2031-01-01", "eastus", null),
            new("Microsoft.App/containerApps", "2031-01-01", "eastus2", null),
            new("Microsoft.App/sessionPools", "2025-07-01", "eastus", null),
            new("Microsoft.Teleport/gates", "2025-07-01", "eastus", null),
        ];
        await using var world = await World.StartAsync(DemoStacks.UsClosed, cloud => cloud);

        var answers = await new CloudCheck(DemoStacks.Of(DemoStacks.UsClosed).Configuration, needs, new(world.Connection)).RunAsync(TestContext.Current.CancellationToken);

        Lacking(answers, "API versions").ShouldBe(["expected Microsoft.App/containerApps with API version 2031-01-01, found 2025-07-01, 2025-01-01, 2024-03-01"]);
        Lacking(answers, "resource types").Count.ShouldBe(2);
        Lacking(answers, "resource types")[0].ShouldStartWith("expected Microsoft.App/sessionPools, found only containerApps");
        Lacking(answers, "resource types")[1].ShouldBe("expected the provider Microsoft.Teleport, found none of that name");
    }

    private static IReadOnlyList<string> Lacking(IReadOnlyList<CloudAnswer> answers, string what) => answers.Single(answer => answer.What == what).Lacking;

    private static void SelfServed(JsonNode model, string size)
    {
        model["serving"] = "azureml";
        model["image"] = $"contoso.azurecr.cn/vllm@sha256:{new string('d', 64)}";
        model["accelerator"] = new JsonObject { ["vendor"] = "nvidia", ["kind"] = "some", ["vmSize"] = size };
        model.AsObject().Remove("endpoint");
    }

    private static async Task<IReadOnlyList<CloudAnswer>> AskAsync(string stack, Action<JsonObject>? edit = null, Func<SandboxCloudOptions, SandboxCloudOptions>? cloud = null)
    {
        await using var world = await World.StartAsync(stack, cloud ?? (same => same));
        var configuration = DemoStacks.Of(stack).Edit();
        edit?.Invoke(configuration);
        var recorder = new NeedsRecorder();
        await ProgramRunner.RunAsync(stack, configuration.ToJsonString(), DemoStacks.Folder, recorder, isPreview: true, TestContext.Current.CancellationToken);
        return await new CloudCheck(StackConfigurationParser.Parse(configuration.ToJsonString()).Value!, recorder.Needs, new(world.Connection)).RunAsync(TestContext.Current.CancellationToken);
    }

    // A stack's simulated cloud, and the way to it.
    private sealed class World(SandboxHost sandbox, StackConnection connection) : IAsyncDisposable
    {
        public StackConnection Connection => connection;

        public static async Task<World> StartAsync(string name, Func<SandboxCloudOptions, SandboxCloudOptions> change)
        {
            var stack = DemoStacks.Of(name);
            var options = SandboxStacks.Options(new());
            var sandbox = await SandboxHost.StartAsync(options with { Clouds = [.. options.Clouds.Where(cloud => cloud.Name == stack.Cloud).Select(change)] }, TestContext.Current.CancellationToken);
            var roots = new X509Certificate2Collection();
            roots.ImportFromPem(sandbox.CertificateAuthorityPem);
            return new(sandbox, StackPrograms.Connect(stack, sandbox.Clouds[stack.Cloud], roots));
        }

        public ValueTask DisposeAsync()
        {
            connection.Dispose();
            return sandbox.DisposeAsync();
        }
    }
}
