using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Pulumi;
using Pulumi.Testing;
using Pulumi.Utilities;

namespace Orchestrator.Infra.Tests;

/// <summary>Open models that the stack serves itself, on Azure Machine Learning.</summary>
public sealed class OwnServerTests
{
    private const string MachineLearning = "azure-native:machinelearningservices/v20251201:";
    private const string Grants = "azure-native:authorization/v20220401:RoleAssignment";
    private const string Template = "azure-native:resources/v20240301:Deployment";

    [Fact]
    public async Task Both_colours_are_servers_of_their_own_with_their_own_weights()
    {
        var run = await Programs.RunAsync(OwnServers.InTwoColours());

        run.Refusal.ShouldBeNull();
        var servers = run.Azure.Of($"{MachineLearning}OnlineDeployment").ToDictionary(one => (string)one.Inputs["deploymentName"], one => Map(one.Inputs["properties"]));
        servers.Keys.ShouldBe(["blue", "green"], ignoreOrder: true);
        Map(servers["green"]["environmentVariables"])["WEIGHTS_DIGEST"].ShouldBe(new string('2', 64));
        ((string)Map(servers["green"]["environmentVariables"])["WEIGHTS_URL"]).ShouldEndWith($".blob/weights/{new string('2', 64)}");
        Map(servers["blue"]["environmentVariables"])["WEIGHTS_DIGEST"].ShouldNotBe(new string('2', 64));
        run.Azure.Of($"{MachineLearning}EnvironmentVersion").Select(one => (string)Map(one.Inputs["properties"])["image"]).ShouldBeUnique();
    }

    [Fact]
    public async Task Traffic_and_copies_of_it_are_given_by_ARM_once_the_servers_are_there()
    {
        var run = await Programs.RunAsync(OwnServers.InTwoColours());

        var endpoint = run.Azure.Of($"{MachineLearning}OnlineEndpoint").ShouldHaveSingleItem();
        Map(endpoint.Inputs["properties"]).Keys.ShouldNotContain("traffic");
        run[endpoint.Type!, endpoint.Name!].Options.IgnoreChanges.ShouldBe(["properties.traffic", "properties.mirrorTraffic"]);
        var template = run.Azure.Of(Template).ShouldHaveSingleItem();
        var asked = Map(((ImmutableArray<object>)Map(Map(template.Inputs["properties"])["template"])["resources"]).ShouldHaveSingleItem());
        ((string)asked["name"]).ShouldEndWith($"/{endpoint.Inputs["endpointName"]}");
        Map(Map(asked["properties"])["traffic"]).ShouldBe(ImmutableDictionary<string, object>.Empty.Add("blue", 100.0).Add("green", 0.0), ignoreOrder: true);
        Map(Map(asked["properties"])["mirrorTraffic"]).ShouldBe(ImmutableDictionary<string, object>.Empty.Add("green", 10.0));
        (await WaitsForAsync(run, template)).ShouldBe(run.Azure.Of($"{MachineLearning}OnlineDeployment").Select(one => one.Name), ignoreOrder: true);
    }

    [Fact]
    public async Task A_server_takes_many_requests_at_once_and_the_time_that_it_needs_to_load_its_weights()
    {
        var configuration = OwnServers.InTwoColours();
        OwnServers.ModelOf(configuration)["startup"] = "30m";

        var run = await Programs.RunAsync(configuration);

        foreach (var server in run.Azure.Of($"{MachineLearning}OnlineDeployment"))
        {
            var properties = Map(server.Inputs["properties"]);
            Map(properties["requestSettings"]).ShouldBe(ImmutableDictionary<string, object>.Empty.Add("maxConcurrentRequestsPerInstance", 32.0).Add("requestTimeout", "PT3M"), ignoreOrder: true);
            Map(properties["livenessProbe"])["initialDelay"].ShouldBe("PT30M");
            var ready = Map(properties["readinessProbe"]);
            (ready["initialDelay"], ready["period"], ready["failureThreshold"]).ShouldBe(("PT10S", "PT10S", 180.0));
            run[server.Type!, server.Name!].Options.DeletedWith.ShouldNotBeNull().GetResourceType().ShouldBe($"{MachineLearning}OnlineEndpoint");
        }
    }

    [Fact]
    public async Task Text_of_the_stack_that_looks_like_an_expression_stays_text()
    {
        var configuration = OwnServers.OnCluster();
        configuration["owner"] = "[platform]";
        configuration["costCentre"] = "[ai] 1001";

        var template = Map(Map((await Programs.RunAsync(configuration)).Azure.Of(Template).ShouldHaveSingleItem().Inputs["properties"])["template"]);

        var tags = Map(Map(((ImmutableArray<object>)template["resources"]).ShouldHaveSingleItem())["tags"]);
        (tags["owner"], tags["cost-centre"]).ShouldBe(("[[platform]", "[ai] 1001"));
    }

    [Fact]
    public async Task The_template_asks_for_the_endpoint_as_it_is_but_for_its_traffic()
    {
        var run = await Programs.RunAsync(OwnServers.OnCluster());

        var endpoint = run.Azure.Of($"{MachineLearning}OnlineEndpoint").ShouldHaveSingleItem();
        var template = Map(Map(run.Azure.Of(Template).ShouldHaveSingleItem().Inputs["properties"])["template"]);
        var asked = Map(((ImmutableArray<object>)template["resources"]).ShouldHaveSingleItem());
        asked["kind"].ShouldBe(endpoint.Inputs["kind"]);
        asked["location"].ShouldBe(endpoint.Inputs["location"]);
        Map(asked["tags"]).ShouldBe(Map(endpoint.Inputs["tags"]), ignoreOrder: true);
        Map(asked["properties"]).Remove("traffic").ShouldBe(Map(endpoint.Inputs["properties"]), ignoreOrder: true);
        Map(Map(asked["identity"])["userAssignedIdentities"]).Keys.ShouldBe(((ImmutableArray<object>)Map(endpoint.Inputs["identity"])["userAssignedIdentities"]).Cast<string>());
        $"azure-native:machinelearningservices/v{((string)asked["apiVersion"]).Replace("-", string.Empty, StringComparison.Ordinal)}:OnlineEndpoint".ShouldBe(endpoint.Type);
    }

    [Fact]
    public async Task Servers_read_weights_and_pull_images_and_the_workspace_keeps_what_is_its_own()
    {
        var run = await Programs.RunAsync(OwnServers.InTwoColours());

        Roles(run, "model-server").ShouldBe(["Reader of weights", "images"], ignoreOrder: true);
        Roles(run, "workspace-identity").ShouldBe(["weights", "weights", "vault", "vault", "telemetry", "images"], ignoreOrder: true);
        var workspace = run.Azure.Of($"{MachineLearning}Workspace").ShouldHaveSingleItem();
        workspace.Inputs["systemDatastoresAuthMode"].ShouldBe("identity");
        (await WaitsForAsync(run, workspace)).Count.ShouldBe(6);
        (await WaitsForAsync(run, run.Azure.Of($"{MachineLearning}OnlineEndpoint").Single())).Count.ShouldBe(2);

        static IEnumerable<string> Roles(ProgramRun run, string identity) => run.Azure.Of(Grants)
            .Where(one => ((string)one.Inputs["principalId"]).EndsWith($"-{identity}", StringComparison.Ordinal))
            .Select(one => $"{(((string)one.Inputs["roleDefinitionId"]).EndsWith("2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", StringComparison.Ordinal) ? "Reader of " : string.Empty)}{Short((string)one.Inputs["scope"])}");

        static string Short(string scope) => scope.EndsWith("/registries/contoso", StringComparison.Ordinal) ? "images" : scope.Split('-')[^1];
    }

    [Fact]
    public async Task The_gateway_knows_what_token_a_server_takes()
    {
        var own = await ModelsAsync(OwnServers.InTwoColours());
        var onCluster = await ModelsAsync(OwnServers.OnCluster());
        var elsewhere = await ModelsAsync(Programs.Shipped("china-open"));

        own["scope"]!.ToString().ShouldBe("https://ml.azure.cn/.default");
        own["tokenEndpoint"].ShouldBeNull();
        onCluster["scope"]!.ToString().ShouldBe("https://management.chinacloudapi.cn/.default");
        onCluster["tokenEndpoint"]!.ToString().ShouldMatch("^https://management.chinacloudapi.cn/.+:OnlineEndpoint/china-open-staging-.+/token\\?api-version=2025-12-01$");
        elsewhere["scope"]!.ToString().ShouldBeEmpty();

        static async Task<JsonNode> ModelsAsync(JsonObject configuration)
        {
            var app = (await Programs.RunAsync(configuration)).Azure.Of("azure-native:app/v20250701:ContainerApp").First();
            var environment = (ImmutableArray<object>)Map(((ImmutableArray<object>)Map(app.Inputs["template"])["containers"])[0])["env"];
            return JsonNode.Parse((string)environment.Select(Map).Single(one => (string)one["name"] == "MODELS")["value"])![0]!;
        }
    }

    [Fact]
    public async Task Models_on_one_cluster_are_served_there_and_the_cluster_is_attached_once()
    {
        var configuration = OwnServers.OnCluster();
        var first = OwnServers.ModelOf(configuration);
        var second = first.DeepClone();
        second["name"] = "another";
        configuration["environments"]![0]!["openModels"]!.AsArray().Add(second);

        var run = await Programs.RunAsync(configuration);

        run.Refusal.ShouldBeNull();
        var compute = run.Azure.Of($"{MachineLearning}Compute").ShouldHaveSingleItem();
        Map(compute.Inputs["properties"])["resourceId"].ShouldBe(first["cluster"]!["id"]!.ToString());
        ((string)compute.Inputs["computeName"]).Length.ShouldBeInRange(2, 16);
        var endpoints = run.Azure.Of($"{MachineLearning}OnlineEndpoint").ToArray();
        endpoints.Length.ShouldBe(2);
        endpoints.ShouldAllBe(endpoint => (string)endpoint.Inputs["kind"] == "Kubernetes" && (string)Map(endpoint.Inputs["properties"])["authMode"] == "AMLToken" && (string)Map(endpoint.Inputs["properties"])["compute"] == $"/{compute.Type}/{compute.Name}");
        foreach (var server in run.Azure.Of($"{MachineLearning}OnlineDeployment"))
        {
            Map(server.Inputs["properties"])["endpointComputeType"].ShouldBe("Kubernetes");
            Map(server.Inputs["properties"])["instanceType"].ShouldBe("ascend-4");
            Map(server.Inputs["sku"])["capacity"].ShouldBe(3.0);
        }
    }

    private static async Task<IReadOnlyList<string>> WaitsForAsync(ProgramRun run, MockResourceArgs one) =>
        [.. (await OutputUtilities.GetValueAsync(run[one.Type!, one.Name!].Options.DependsOn.ToOutput())).Select(resource => resource.GetResourceName())];

    private static ImmutableDictionary<string, object> Map(object value) => (ImmutableDictionary<string, object>)value;
}
