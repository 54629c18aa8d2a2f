using System.Collections.Immutable;
using Orchestrator.Core.Topologies;
using Orchestrator.Infra.AzureNative.KeyVault;
using Pulumi;
using Pulumi.Utilities;

namespace Orchestrator.Infra.Tests;

public sealed class ShippedStackTests
{
    [Theory]
    [InlineData("us-closed")]
    [InlineData("china-open")]
    public async Task The_topology_is_one_that_the_function_app_reads(string stack)
    {
        var run = await Programs.RunAsync(Programs.Shipped(stack));

        run.Refusal.ShouldBeNull();
        var topology = TopologyParser.Parse(await run.TopologyAsync());
        topology.Problems.ShouldBeEmpty();
        var definition = topology.Value.ShouldNotBeNull().Stacks.ShouldHaveSingleItem();
        definition.Name.Value.ShouldBe(stack);
        definition.Credential.Kind.ShouldBe(CredentialKind.ManagedIdentity);
        definition.Environments.Select(environment => environment.Name.Value).ShouldBe(["staging", "production"]);
        foreach (var region in definition.Environments.SelectMany(environment => environment.Regions))
        {
            // What the orchestrator will change is what the program has made.
            run.Azure.Of("azure-native:app/v20250701:ContainerApp").ShouldContain(app =>
                (string)app.Inputs["containerAppName"] == region.App.Value && (string)app.Inputs["resourceGroupName"] == region.ResourceGroup.Value);
        }
    }

    [Fact]
    public async Task An_environment_that_takes_prereleases_does_so_in_the_topology()
    {
        var configuration = Programs.Shipped("us-closed");
        configuration["environments"]![0]!["prereleases"] = true;

        var topology = TopologyParser.Parse(await (await Programs.RunAsync(configuration)).TopologyAsync()).Value.ShouldNotBeNull();

        topology.Stacks[0].Environments.Select(environment => environment.Prereleases).ShouldBe([true, false]);
    }

    [Theory]
    [InlineData("us-closed", "public", "FC1")]
    [InlineData("china-open", "china", "EP1")]
    public async Task Each_stack_has_a_provider_of_its_own_and_what_its_cloud_offers(string stack, string environment, string plan)
    {
        var run = await Programs.RunAsync(Programs.Shipped(stack));

        var provider = run.Azure.Of("pulumi:providers:azure-native").ShouldHaveSingleItem();
        provider.Inputs["environment"].ShouldBe(environment);
        provider.Inputs["subscriptionId"].ShouldBe(Programs.Shipped(stack)["subscriptionId"]!.ToString());
        run.Azure.Asked.Where(one => one != provider).ShouldAllBe(one => one.Provider!.Contains($"pulumi:providers:azure-native::{stack}::"));
        Map(run.Azure.Of("azure-native:web/v20250501:AppServicePlan").ShouldHaveSingleItem().Inputs["sku"])["name"].ShouldBe(plan);
    }

    [Fact]
    public async Task Every_type_names_its_api_version_and_everything_its_own_name()
    {
        var run = await Programs.RunAsync(Programs.Shipped("us-closed"));

        run.Azure.Asked.Where(one => one.Type!.StartsWith("azure-native:", StringComparison.Ordinal)).ShouldAllBe(one => one.Type!.Contains("/v20", StringComparison.Ordinal));
        run.Azure.Asked.Select(one => one.Name).ShouldBeUnique();
    }

    [Fact]
    public async Task Role_assignments_have_the_same_names_in_every_run_and_no_two_the_same()
    {
        var first = Names(await Programs.RunAsync(Programs.Shipped("us-closed")));
        var second = Names(await Programs.RunAsync(Programs.Shipped("us-closed")));

        first.ShouldBe(second);
        first.ShouldBeUnique();
        first.Select(name => Guid.ParseExact(name, "D")).ShouldNotContain(Guid.Empty);

        static string[] Names(ProgramRun run) => [.. run.Azure.Of("azure-native:authorization/v20220401:RoleAssignment").Select(one => (string)one.Inputs["roleAssignmentName"])];
    }

    [Fact]
    public async Task Closed_models_are_pinned_and_deployed_one_after_another()
    {
        var configuration = Programs.Shipped("us-closed");
        foreach (var environment in configuration["environments"]!.AsArray())
        {
            var models = environment!["closedModels"]!.AsArray();
            var small = models[0]!.DeepClone();
            small["name"] = "gpt-5-mini";
            models.Add(small);
        }

        var run = await Programs.RunAsync(configuration);

        var deployments = run.Azure.Of("azure-native:cognitiveservices/v20250601:Deployment").ToArray();
        deployments.Length.ShouldBe(10);
        foreach (var properties in deployments.Select(one => Map(one.Inputs["properties"])))
        {
            properties["versionUpgradeOption"].ShouldBe("NoAutoUpgrade");
            Map(properties["model"])["version"].ShouldBe("2026-08-07");
        }

        foreach (var second in deployments.Where(one => (string)one.Inputs["deploymentName"] == "gpt-5-mini"))
        {
            var first = (await OutputUtilities.GetValueAsync(run[second.Type!, second.Name!].Options.DependsOn.ToOutput())).ShouldHaveSingleItem();
            first.GetResourceName().ShouldBe(second.Name!.Replace("gpt-5-mini", "gpt-5", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("us-closed")]
    [InlineData("china-open")]
    public async Task What_releases_change_of_a_gateway_the_program_leaves_alone(string stack)
    {
        var run = await Programs.RunAsync(Programs.Shipped(stack));

        run.Azure.Of("azure-native:app/v20250701:ContainerApp").Select(app => run[app.Type!, app.Name!].Options.IgnoreChanges)
            .ShouldAllBe(left => left.SequenceEqual(new[] { "template", "configuration.ingress.traffic", "tags" }));
    }

    [Fact]
    public async Task A_gateway_pulls_its_image_with_its_identity_from_a_registry_of_Azure_and_as_anybody_from_others()
    {
        var configuration = Programs.Shipped("us-closed");
        var own = (await Programs.RunAsync(configuration)).Azure.Of("azure-native:app/v20250701:ContainerApp").First();
        configuration.Remove("registry");
        configuration["image"] = $"ghcr.io/contoso/gateway@sha256:{new string('a', 64)}";
        var others = await Programs.RunAsync(configuration);

        Map(((ImmutableArray<object>)Map(own.Inputs["configuration"])["registries"]).ShouldHaveSingleItem())["server"].ShouldBe("contoso.azurecr.io");
        ((ImmutableArray<object>)Map(others.Azure.Of("azure-native:app/v20250701:ContainerApp").First().Inputs["configuration"])["registries"]).ShouldBeEmpty();
        others.Azure.Asked.ShouldNotContain(one => one.Name!.EndsWith("pulls-images", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "https://{0}.blob/packages/app.zip")]
    [InlineData("https://packages.example.cn/app.zip", "https://packages.example.cn/app.zip")]
    public async Task A_plan_without_a_share_for_files_runs_from_a_package(string? given, string expected)
    {
        var configuration = Programs.Shipped("china-open");
        configuration["orchestrator"]!["package"] = given;

        var run = await Programs.RunAsync(configuration);

        var storage = (string)run.Azure.Of("azure-native:storage/v20240101:StorageAccount").Single(one => one.Name == "china-open-orchestrator-state").Inputs["accountName"];
        var settings = (ImmutableArray<object>)Map(run.Azure.Of("azure-native:web/v20250501:WebApp").ShouldHaveSingleItem().Inputs["siteConfig"])["appSettings"];
        settings.Select(Map).Single(one => (string)one["name"] == "WEBSITE_RUN_FROM_PACKAGE")["value"]
            .ShouldBe(expected.Replace("{0}", storage, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Health_endpoints_are_by_environment_and_region()
    {
        var run = await Programs.RunAsync(Programs.Shipped("china-open"));

        var endpoints = await OutputUtilities.GetValueAsync((Output<ImmutableDictionary<string, string>>)run.Outputs["healthEndpoints"]!);
        endpoints.Keys.Order().ShouldBe(["production/chinaeast3", "production/chinanorth2", "production/chinanorth3", "staging/chinaeast2"]);
        endpoints["staging/chinaeast2"].ShouldBe("https://gateway-chinaeast2.apps/health");
    }

    [Theory]
    [InlineData("us-closed")]
    [InlineData("china-open")]
    public async Task Secrets_go_into_the_vault_and_nowhere_else(string stack)
    {
        var run = await Programs.RunAsync(Programs.Shipped(stack), ("webhookSecret", "hush-hush"), ("gitHubPrivateKey", "PEM-PEM"), ("gitHubAppId", "4711"));

        foreach (var secret in new[] { "hush-hush", "PEM-PEM" })
        {
            run.Azure.Asked.Where(one => Text(one.Inputs).Contains(secret, StringComparison.Ordinal)).ShouldHaveSingleItem().Type.ShouldBe("azure-native:keyvault/v20241101:Secret");
            (await run.TopologyAsync()).ShouldNotContain(secret);
        }

        // A mock is given the value of a secret. The engine keeps it encrypted, because it is still marked as one.
        var kept = run.Seen.Select(one => one.Args).OfType<SecretArgs>().ToArray();
        kept.Length.ShouldBe(2);
        foreach (var secret in kept)
        {
            (await Output.IsSecretAsync(secret.Properties.Apply(properties => properties.Value))).ShouldBeTrue();
        }

        var settings = Text(run.Azure.Of("azure-native:web/v20250501:WebApp").ShouldHaveSingleItem().Inputs);
        settings.ShouldContain("@Microsoft.KeyVault(SecretUri=");
        settings.ShouldContain("4711");
    }

    private static ImmutableDictionary<string, object> Map(object value) => (ImmutableDictionary<string, object>)value;

    private static string Text(object? value) => value switch
    {
        ImmutableDictionary<string, object> map => $"{{{string.Join(", ", map.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => $"{item.Key}: {Text(item.Value)}"))}}}",
        ImmutableArray<object> list => $"[{string.Join(", ", list.Select(Text))}]",
        _ => value?.ToString() ?? "null",
    };
}
