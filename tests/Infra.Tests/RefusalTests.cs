using System.Text.Json.Nodes;

namespace Orchestrator.Infra.Tests;

/// <summary>Configurations that are wrong: each gets its own message, with where it is, and nothing is built.</summary>
public sealed class RefusalTests
{
    private const string Us = "us-closed";
    private const string China = "china-open";

    // In the other stack's subscription.
    private const string Cluster = "/subscriptions/8d7c6b5a-4938-4271-9605-f4e3d2c1b0a1/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/models";

    private const string OnCluster = $$"""
        {
          "name": "deepseek-v4-flash", "serving": "azureml", "image": "contoso.azurecr.cn/vllm@sha256:dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd",
          "cluster": { "id": "{{Cluster}}", "namespace": "models" }, "accelerator": { "vendor": "ascend", "kind": "910C", "runtime": { "plugin": "vllm-ascend 0.23.0", "engine": "vllm 0.23.0", "cann": "9.1.0", "driver": "25.5.0" } },
          "weights": { "repository": "deepseek-ai/DeepSeek-V4-Flash", "revision": "5f5b1c6e0e0d4b7f8a9c3d2e1f0a9b8c7d6e5f4a", "digest": "3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b", "license": "MIT" }
        }
        """;

    private const string Digest = "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd";

    /// <summary>A change to a configuration that ships, and what must be said of it.</summary>
    public static TheoryData<string, string, string, string> Cases => new()
    {
        // stack, path, value as JSON ("" removes it), message
        { Us, "name", "\"Us Closed\"", "$.name: expected 1 to 20 lower-case letters" },
        { Us, "name", "", "$.name: expected" },
        { Us, "repository", "\"assistant\"", "$.repository: expected" },
        { Us, "owner", "\"\"", "$.owner: expected text" },
        { Us, "costCentre", "", "$.costCentre: expected text, found nothing" },
        { Us, "cloud/name", "\"AzureMoonCloud\"", "$.cloud.armEndpoint: expected an absolute https address, because 'AzureMoonCloud' is not one of" },
        { Us, "tenantId", "\"contoso\"", "$.tenantId: expected a GUID" },
        { Us, "subscriptionId", "42", "$.subscriptionId: expected a GUID, found 42" },
        { Us, "network", "\"secret\"", "$.network: expected one of public, private, found \"secret\"" },
        { Us, "image", "\"contoso.azurecr.io/gateway:latest\"", "$.image: expected an image by digest" },
        { Us, "orchestrator/region", "", "$.orchestrator.region: expected" },
        { Us, "orchestrator/colour", "\"red\"", "$.orchestrator.colour: expected one of" },
        { Us, "environments", "[]", "$.environments: expected at least one entry" },
        { Us, "environments/1/name", "\"staging\"", "expected each environment once, found 'staging' 2 times" },
        { Us, "environments/1/waves/1/regions/0/name", "\"westcentralus\"", "expected each region of production once" },
        { Us, "environments/1/waves/0/bake", "\"soon\"", "$.environments[1].waves[0].bake: expected a duration such as" },
        { Us, "environments/1/waves/0/regions/0/replicas/most", "0", "$.environments[1].waves[0].regions[0].replicas.most: expected a whole number from 1 to 1000, found 0" },
        { Us, "environments/1/waves/0/regions/0/replicas/least", "9", ".replicas.most: expected at least 9" },
        { Us, "environments/1/rollout/traffic/1/weight", "5", "expected weights that grow, found 5 after 10" },
        { Us, "environments/0/prereleases", "\"yes\"", "$.environments[0].prereleases: expected true or false, found \"yes\"" },
        { Us, "environments/1/rollout/rollBack", "\"never\"", "$.environments[1].rollout.rollBack: expected one of region, wave, environment" },
        { Us, "environments/1/verification/maxErrorRate", "2", "$.environments[1].verification.maxErrorRate: expected a share from 0 to 1, found 2" },
        { Us, "environments/0/closedModels/0/capacity", "", "$.environments[0].closedModels[0].capacity: expected a whole number" },
        { Us, "environments/0/closedModels/0/version", "", "[GEN-PIN-01:" },
        { Us, "compliance/market", "\"mars\"", "$.compliance.market: expected one of unitedStates, china, other" },
        { Us, "compliance/residency", "[\"eastus\"]", "[GEN-RES-01:" },
        { Us, "compliance/closedModels", "false", "expected no closed model, because compliance.closedModels is not true; found OpenAI gpt-5 [US-CLOSED-01:" },
        { Us, "compliance/market", "\"china\"", "[US-CLOSED-01:" },
        { Us, "compliance/ownership", "", "$.compliance.ownership: expected a declaration" },
        { Us, "compliance/ownership/country", "\"CN\"", "$.compliance.ownership.country: expected a country that providers of closed models serve, found CN" },
        { Us, "compliance/ownership/date", "\"2020-01-01\"", "expected a declaration of the last 12 months, found 2020-01-01" },
        { Us, "compliance/ownership/date", "\"yesterday\"", "$.compliance.ownership.date: expected a date such as" },
        { Us, "compliance/levels", "{ \"GEN-PIN-01\": \"warn\" }", "$.compliance.levels.GEN-PIN-01: expected error, because the rule leaves no room" },
        { Us, "compliance/levels", "{ \"MADE-UP-01\": \"warn\" }", "$.compliance.levels.MADE-UP-01: expected one of" },
        { Us, "orchestrator/region", "\"chinanorth3\"", "expected a region of AzurePublicCloud, found 'chinanorth3' [GEN-CLOUD-01:" },
        { China, "environments/0/waves/0/regions/0/name", "\"eastus\"", "expected a region of AzureChinaCloud, found 'eastus' [GEN-CLOUD-01:" },
        { China, "environments/0/openModels/0/weights/digest", "", "expected the SHA-256 of deepseek-v4-flash's list of files" },
        { China, "environments/0/openModels/0/weights/license", "", "expected the SPDX id of deepseek-v4-flash's licence" },
        { China, "environments/0/openModels/0/weights/revision", "\"main\"", "$.environments[0].openModels[0].weights.revision: expected" },
        { China, "environments/0/openModels/0/endpoint", "", "expected the cluster's https address, because serving is external" },
        { China, "environments/0/openModels/0/endpoint", "\"http://models.example\"", "$.environments[0].openModels[0].endpoint: expected an absolute https address" },
        { China, "environments/0/openModels/0/serving", "\"azureml\"", "$.environments[0].openModels[0].image: expected an image by digest" },
        { China, "environments/0/openModels/0/cluster", "{ \"id\": \"my-cluster\", \"namespace\": \"models\" }", "$.environments[0].openModels[0].cluster.id: expected the ARM id of a cluster" },
        { China, "environments/0/openModels/0/cluster", $"{{ \"id\": \"{Cluster}\" }}", "$.environments[0].openModels[0].cluster.namespace: expected text" },
        { China, "environments/0/openModels/0/cluster", $"{{ \"id\": \"{Cluster}\", \"namespace\": \"models\" }}", "$.environments[0].openModels[0].cluster: expected nothing, because serving is external" },
        { China, "environments/0/openModels", $"[ {OnCluster} ]", "$.environments[0].openModels[0].cluster.id: expected a cluster in the stack's own subscription, found one in 8d7c6b5a-4938-4271-9605-f4e3d2c1b0a1 [GEN-SHARE-01:" },
        { China, "environments/0/openModels/0/accelerator", "{ \"vendor\": \"nvidia\", \"kind\": \"H100\" }", "[US-EAR-CHIP-01:" },
        { China, "environments/0/openModels/0/accelerator/runtime", "", "$.environments[0].openModels[0].accelerator.runtime: expected plugin, engine, cann and driver" },
        { China, "environments/0/openModels/0/accelerator/runtime/cann", "", "$.environments[0].openModels[0].accelerator.runtime.cann: expected text" },
        { China, "environments/0/openModels/0/accelerator/vendor", "\"nvidia\"", "$.environments[0].openModels[0].accelerator.runtime: expected nothing, because the vendor is not ascend" },
        { China, "compliance/usPerson", "true", "expected another vendor, because the operator is a US person; found ascend [US-GP10-01:" },
        { China, "compliance/filing", "", "$.compliance.filing: expected the filing's number, office and model" },
        { China, "compliance/filing/model", "\"qwen\"", "expected qwen, which filing Beijing-Contoso-20260412 names; found deepseek-v4-flash" },
        { China, "compliance/protection", "", "[CN-MLPS-01:" },
        { Us, "registry", "", "$.registry: expected the ARM id of a container registry" },
        { Us, "registry", "\"contoso\"", "$.registry: expected the ARM id of a container registry" },
        { Us, "registry", $"\"/subscriptions/8d7c6b5a-4938-4271-9605-f4e3d2c1b0a1/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/fabrikam\"", "$.image: expected an image of the stack's registry fabrikam, found one of contoso.azurecr.io" },
        { Us, "registry", $"\"/subscriptions/2c4e6a80-1b3d-4f57-8967-a5b4c3d2e1f2/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/contoso\"", "$.registry: expected a registry in the stack's own subscription, found one in 2c4e6a80-1b3d-4f57-8967-a5b4c3d2e1f2 [GEN-SHARE-01:" },
        { Us, "image", $"\"contoso.azurecr.cn/gateway@sha256:{Digest}\"", "$.image: expected a registry of this stack's own, found 'contoso.azurecr.cn', which is china-open's too [GEN-SHARE-01:" },
        { Us, "compliance/ownership/date", "\"2030-01-01\"", "expected the day of the declaration, found 2030-01-01, which is yet to come [US-OWN-01:" },
        { Us, "environments/1/closedModels/0/deployment", "\"our gpt\"", "$.environments[1].closedModels[0].deployment: expected 2 to 64 letters" },
        { Us, "environments/1/waves/2/regions/1/name", "\"centralus\"", "expected 'centralus' in another wave than its pair 'eastus2', found both in 'broad' [GEN-PAIR-01:" },
        { Us, "orchestrator/package", "\"https://packages.blob.core.chinacloudapi.cn/app.zip\"", "$.orchestrator.package: expected a host that is not another cloud's than AzurePublicCloud, found packages.blob.core.chinacloudapi.cn [GEN-CLOUD-01:" },
        { China, "image", $"\"contoso.azurecr.io/gateway@sha256:{Digest}\"", "$.image: expected a host that is not another cloud's than AzureChinaCloud, found contoso.azurecr.io [GEN-CLOUD-01:" },
        { China, "environments/0/openModels/0/endpoint", "\"https://api.openai.com/v1\"", "$.environments[0].openModels[0].endpoint: expected no closed model, because compliance.closedModels is not true; found api.openai.com [US-CLOSED-01:" },
        { China, "environments/0/openModels/0/traffic", "{ \"blue\": 100 }", "$.environments[0].openModels[0].traffic: expected nothing, because serving is external" },
        { China, "environments/0/openModels", Own(name: "deepseek-ai/v4"), "$.environments[0].openModels[0].name: expected 1 to 255 letters" },
        { China, "environments/0/openModels", Own(image: $"other.azurecr.cn/vllm@sha256:{Digest}"), "$.environments[0].openModels[0].image: expected an image of the stack's registry contoso, found one of other.azurecr.cn" },
        { China, "environments/0/openModels", Own("\"green\": {}, \"traffic\": { \"blue\": 90, \"green\": 5 }"), "$.environments[0].openModels[0].traffic: expected shares that make 100 together, found 90 and 5" },
        { China, "environments/0/openModels", Own("\"traffic\": { \"blue\": 90, \"green\": 10 }"), "$.environments[0].openModels[0].green: expected the second server, because traffic gives it 10 percent; found nothing" },
        { China, "environments/0/openModels", Own("\"green\": {}, \"mirror\": { \"green\": 60 }"), "$.environments[0].openModels[0].mirror.green: expected a whole number from 0 to 50, found 60" },
        { China, "environments/0/openModels", Own("\"green\": {}, \"traffic\": { \"blue\": 90, \"green\": 10 }, \"mirror\": { \"green\": 10 }"), "$.environments[0].openModels[0].mirror: expected one server, which has no traffic; found blue 0 and green 10" },
        { China, "environments/0/openModels", Own("\"green\": {}, \"mirror\": { \"green\": 10 }, \"cluster\": {}"), "$.environments[0].openModels[0].mirror: expected nothing, because Azure Machine Learning copies no requests on a cluster" },
        { China, "environments/0/openModels", Own("\"green\": { \"weights\": { \"repository\": \"deepseek-ai/DeepSeek-V4-Flash\" } }"), "$.environments[0].openModels[0].green.weights.digest: expected the SHA-256" },
        { China, "environments/0/openModels", Own("\"endpoint\": \"https://models.example.cn\""), "$.environments[0].openModels[0].endpoint: expected nothing, because serving is azureml" },
        { China, "environments/0/openModels", Own($"\"cluster\": {{ \"id\": \"{Cluster}\", \"namespace\": \"models\" }}"), "$.environments[0].openModels[0].accelerator.vmSize: expected nothing, because the servers run on a cluster" },
        { China, "environments/0/openModels", Own("\"requestTimeout\": \"5m\""), "$.environments[0].openModels[0].requestTimeout: expected 1s to 3m, found 5m" },
        { China, "environments/0/openModels", Own("\"concurrency\": 0"), "$.environments[0].openModels[0].concurrency: expected a whole number from 1 to 4096, found 0" },
        { China, "environments/0/openModels/0/startup", "\"1h\"", "$.environments[0].openModels[0].startup: expected nothing, because serving is external" },
        { Us, "credential", "{ \"kind\": \"managedIdentity\" }", "$.credential: expected nothing, because the orchestrator signs in to AzurePublicCloud with the managed identity that is made for it" },
        { China, "environments/0/closedModels", "[{ \"format\": \"OpenAI\", \"name\": \"gpt-5\", \"version\": \"1\", \"capacity\": 1 }]", "[US-CLOSED-01:" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_configuration_that_is_wrong_is_refused_by_name_before_anything_is_built(string stack, string path, string value, string message)
    {
        var configuration = Programs.Shipped(stack);
        Set(configuration, path.Split('/'), value.Length == 0 ? null : JsonNode.Parse(value));

        var run = await Programs.RunAsync(configuration);

        run.Refusal.ShouldNotBeNull().ShouldContain(message);
        run.Refusal.ShouldNotContain("   at ");
        run.Seen.Select(one => one.Resource.GetResourceType()).ShouldBe(["pulumi:pulumi:Stack"]);
        run.Azure.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task All_problems_are_told_at_once()
    {
        var configuration = Programs.Shipped(Us);
        configuration["owner"] = null;
        configuration["image"] = "latest";
        configuration["environments"]![0]!["waves"] = new JsonArray();

        var refusal = (await Programs.RunAsync(configuration)).Refusal.ShouldNotBeNull();

        refusal.ShouldContain("has 3 problems; nothing was built");
        refusal.ShouldContain("$.owner");
        refusal.ShouldContain("$.image");
        refusal.ShouldContain("$.environments[0].waves");
    }

    [Fact]
    public async Task A_rule_that_leaves_room_warns_when_the_stack_says_so()
    {
        var configuration = Programs.Shipped(China);
        configuration["compliance"]!.AsObject().Remove("protection");
        configuration["compliance"]!["levels"] = new JsonObject { ["CN-MLPS-01"] = "warn" };

        (await Programs.RunAsync(configuration)).Refusal.ShouldBeNull();
        var (_, warnings) = StackProgram.Review(configuration.ToJsonString(), [], TimeProvider.System);
        warnings.ShouldHaveSingleItem().ToString().ShouldContain("CN-MLPS-01");
    }

    [Fact]
    public async Task Machines_in_a_closed_network_need_the_stacks_own_registry()
    {
        var configuration = OwnServers.InTwoColours();
        configuration.Remove("registry");

        (await Programs.RunAsync(configuration)).Refusal.ShouldNotBeNull().ShouldContain("because network is private and the machines of $.environments[0].openModels[0] reach no other");
    }

    [Theory]
    [InlineData("package")]
    [InlineData("image")]
    public void What_the_orchestrator_and_the_servers_run_is_not_shared_either(string what)
    {
        var (mine, theirs) = (OwnServers.OnCluster(), OwnServers.OnCluster());
        theirs["name"] = "china-south";
        if (what == "package")
        {
            mine["orchestrator"]!["package"] = "https://packages.example.cn/app.zip";
            theirs["orchestrator"]!["package"] = "https://packages.example.cn/app.zip";
        }

        var other = Core.Configurations.StackConfigurationParser.Parse(theirs.ToJsonString()).Value.ShouldNotBeNull();

        Should.Throw<Pulumi.RunException>(() => StackProgram.Review(mine.ToJsonString(), [other], TimeProvider.System)).Message
            .ShouldContain(what == "package" ? "$.orchestrator.package: expected a package of this stack's own" : "$.environments[0].openModels[0].image: expected a registry of this stack's own");
    }

    [Fact]
    public async Task What_two_stacks_share_is_found_in_the_files_that_stand_beside_one_another()
    {
        var shared = Programs.Shipped(Us);
        shared["subscriptionId"] = Programs.Shipped(China)["subscriptionId"]!.ToString();

        var run = await Programs.RunAsync(shared);

        run.Refusal.ShouldNotBeNull().ShouldContain("$.subscriptionId: expected a subscription of this stack's own");
        run.Refusal.ShouldContain("which is china-open's too");
        run.Azure.Asked.ShouldBeEmpty();
    }

    // A model that the stack serves itself, with something added to it.
    private static string Own(string more = "\"green\": null", string name = "deepseek-v4-flash", string? image = null) => $$"""
        [{
          "name": "{{name}}", "serving": "azureml", "image": "{{image ?? $"contoso.azurecr.cn/vllm@sha256:{Digest}"}}", "accelerator": { "vendor": "ascend", "kind": "910C", "vmSize": "Standard_Any", "runtime": { "plugin": "vllm-ascend 0.23.0", "engine": "vllm 0.23.0", "cann": "9.1.0", "driver": "25.5.0" } },
          "weights": { "repository": "deepseek-ai/DeepSeek-V4-Flash", "revision": "5f5b1c6e0e0d4b7f8a9c3d2e1f0a9b8c7d6e5f4a", "digest": "3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b", "license": "MIT" },
          {{more}}
        }]
        """;

    private static void Set(JsonNode node, string[] path, JsonNode? value)
    {
        var (step, rest) = (path[0], path[1..]);
        if (rest.Length > 0)
        {
            Set(node is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!, rest, value);
        }
        else if (value is null)
        {
            node.AsObject().Remove(step);
        }
        else
        {
            node[step] = value;
        }
    }
}
