using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Orchestrator.Core.Topologies;
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
    public async Task The_orchestrator_may_roll_out_and_read_and_nothing_more()
    {
        var run = await Programs.RunAsync(Programs.Shipped("china-open"));

        var role = run.Azure.Of("azure-native:authorization/v20220401:RoleDefinition").Single(one => one.Name == "china-open-rolls-out");
        var permission = Map(((ImmutableArray<object>)role.Inputs["permissions"]).ShouldHaveSingleItem());
        ((ImmutableArray<object>)permission["actions"]).Cast<string>().ShouldAllBe(action => !action.Contains('*') && !action.EndsWith("/delete", StringComparison.Ordinal));
        var grants = run.Azure.Of("azure-native:authorization/v20220401:RoleAssignment")
            .Where(one => (string)one.Inputs["principalId"] == "principal of china-open-orchestrator-identity" && ((string)one.Inputs["roleDefinitionId"]).EndsWith("rolls-out", StringComparison.Ordinal))
            .Select(one => (string)one.Inputs["scope"]);
        grants.ShouldAllBe(scope => scope.Contains("ResourceGroup/china-open-", StringComparison.Ordinal));
        grants.Count().ShouldBe(4);
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
        var run = await Programs.RunAsync(Programs.Shipped("us-closed"));

        var deployments = run.Azure.Of("azure-native:cognitiveservices/v20250601:Deployment").ToArray();
        deployments.Length.ShouldBe(5);
        foreach (var properties in deployments.Select(one => Map(one.Inputs["properties"])))
        {
            properties["versionUpgradeOption"].ShouldBe("NoAutoUpgrade");
            Map(properties["model"])["version"].ShouldBe("2026-08-07");
        }
    }

    [Fact]
    public async Task Health_endpoints_are_by_environment_and_region()
    {
        var run = await Programs.RunAsync(Programs.Shipped("china-open"));

        var endpoints = await OutputUtilities.GetValueAsync((Output<ImmutableDictionary<string, string>>)run.Outputs["healthEndpoints"]!);
        endpoints.Keys.Order().ShouldBe(["production/chinaeast3", "production/chinanorth2", "production/chinanorth3", "staging/chinaeast2"]);
        endpoints["staging/chinaeast2"].ShouldBe("https://gateway-chinaeast2.apps/health");
    }

    [Fact]
    public async Task Models_on_one_cluster_are_served_there_and_the_cluster_is_attached_once()
    {
        var configuration = Programs.Shipped("china-open");
        var first = OnCluster(configuration["environments"]![0]!["openModels"]![0]!.AsObject(), configuration["subscriptionId"]!.ToString());
        var second = first.DeepClone();
        second["name"] = "another";
        configuration["environments"]![0]!["openModels"]!.AsArray().Add(second);

        var run = await Programs.RunAsync(configuration);

        run.Refusal.ShouldBeNull();
        var compute = run.Azure.Of("azure-native:machinelearningservices/v20251201:Compute").ShouldHaveSingleItem();
        Map(compute.Inputs["properties"])["resourceId"].ShouldBe(first["cluster"]!["id"]!.ToString());
        ((string)compute.Inputs["computeName"]).Length.ShouldBeInRange(2, 16);
        var endpoints = run.Azure.Of("azure-native:machinelearningservices/v20251201:OnlineEndpoint").ToArray();
        endpoints.Length.ShouldBe(2);
        endpoints.ShouldAllBe(endpoint => (string)endpoint.Inputs["kind"] == "Kubernetes" && (string)Map(endpoint.Inputs["properties"])["compute"] == $"/{compute.Type}/{compute.Name}");
        foreach (var server in run.Azure.Of("azure-native:machinelearningservices/v20251201:OnlineDeployment"))
        {
            Map(server.Inputs["properties"])["endpointComputeType"].ShouldBe("Kubernetes");
            Map(server.Inputs["properties"])["instanceType"].ShouldBe("ascend-4");
            Map(server.Inputs["sku"])["capacity"].ShouldBe(3.0);
        }
    }

    [Fact]
    public async Task Secrets_go_into_the_vault_and_nowhere_else()
    {
        var run = await Programs.RunAsync(Programs.Shipped("us-closed"), ("webhookSecret", "hush-hush"), ("gitHubPrivateKey", "PEM-PEM"), ("gitHubAppId", "4711"));

        foreach (var secret in new[] { "hush-hush", "PEM-PEM" })
        {
            run.Azure.Asked.Where(one => Text(one.Inputs).Contains(secret, StringComparison.Ordinal)).ShouldHaveSingleItem().Type.ShouldBe("azure-native:keyvault/v20241101:Secret");
            (await run.TopologyAsync()).ShouldNotContain(secret);
        }

        var settings = Text(run.Azure.Of("azure-native:web/v20250501:WebApp").ShouldHaveSingleItem().Inputs);
        settings.ShouldContain("@Microsoft.KeyVault(SecretUri=");
        settings.ShouldContain("4711");
    }

    private static JsonObject OnCluster(JsonObject model, string subscription)
    {
        model.Remove("endpoint");
        model["serving"] = "azureml";
        model["image"] = $"contoso.azurecr.cn/vllm@sha256:{new string('d', 64)}";
        model["accelerator"] = new JsonObject { ["vendor"] = "ascend", ["kind"] = "910C", ["count"] = 3 };
        model["cluster"] = new JsonObject
        {
            ["id"] = $"/subscriptions/{subscription}/resourceGroups/rg-models/providers/Microsoft.Kubernetes/connectedClusters/ascend",
            ["namespace"] = "models",
            ["instanceType"] = "ascend-4",
        };
        return model;
    }

    private static ImmutableDictionary<string, object> Map(object value) => (ImmutableDictionary<string, object>)value;

    private static string Text(object? value) => value switch
    {
        ImmutableDictionary<string, object> map => $"{{{string.Join(", ", map.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => $"{item.Key}: {Text(item.Value)}"))}}}",
        ImmutableArray<object> list => $"[{string.Join(", ", list.Select(Text))}]",
        _ => value?.ToString() ?? "null",
    };
}
