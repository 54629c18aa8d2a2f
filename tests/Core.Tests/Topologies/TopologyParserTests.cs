using System.Text.Json.Nodes;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Core.Tests.Topologies;

public sealed class TopologyParserTests
{
    [Fact]
    public void A_good_topology_is_read_with_its_defaults()
    {
        var topology = TopologyParser.Parse(Good().ToJsonString()).Value.ShouldNotBeNull();

        topology.Stacks.Select(stack => stack.Name.Value).ShouldBe(["us-closed", "china-open"]);
        topology.Stacks[1].Cloud.ShouldBe(CloudDefinition.AzureChina);
        topology.Stacks[0].Credential.Kind.ShouldBe(CredentialKind.Default);
        var environment = topology.Stacks[0].Environments.ShouldHaveSingleItem();
        environment.Rollout.ShouldBe(RolloutPolicy.Default);
        environment.Waves[0].Bake.ShouldBe(TimeSpan.FromHours(2));
        environment.Gate.ShouldBe(new(GateTrigger.Always, 0.05, 0.99, 30, 0.7, 16));
        environment.Waves[0].Regions[0].Models!.Account!.Models.ShouldContain(new ClosedModelSlot("chat", "gpt-5", "DataZoneStandard", 10));
        environment.Continuous.ShouldBe(new(TimeSpan.FromHours(6), TimeSpan.FromDays(1), null));
        topology.Stacks[1].Environments[0].Continuous.ShouldBeNull("what is not asked for is off");
        var open = topology.Stacks[1].Environments[0].Waves[0].Regions[0].Models!.FindOpen("deepseek-v4-flash").ShouldNotBeNull();
        open.Accelerator.Runtime!.Cann.ShouldBe("9.1.0");
        environment.Rollout.Mirror.ShouldBeNull("what is not asked for is off");
        topology.Stacks[1].Environments[0].Rollout.Mirror.ShouldBe(new(25, TimeSpan.FromMinutes(15)));
        topology.Stacks[1].WeightsHub!.Redirects.ShouldBe([".modelscope.cn"]);
    }

    [Fact]
    public void A_topology_that_was_written_is_read_back_the_same()
    {
        var topology = TopologyParser.Parse(Good().ToJsonString()).Value.ShouldNotBeNull();

        var written = TopologyJson.Write(topology);

        TopologyJson.Write(TopologyParser.Parse(written).Value.ShouldNotBeNull()).ShouldBe(written);
    }

    public static TheoryData<string, string> Spoilt() => new()
    {
        { "$.repository", "\"contoso\"" },
        { "$.stacks", "[]" },
        { "$.stacks[0].name", "\"US Closed\"" },
        { "$.stacks[0].tenantId", "\"none\"" },
        { "$.stacks[0].cloud.name", "7" },
        { "$.stacks[0].cloud.armEndpoint", "\"http://example.com/\"" },
        { "$.stacks[0].cloud.workloadSuffixes[0]", "\"io\"" },
        { "$.stacks[0].environments[0].waves[0].bake", "\"2 hours\"" },
        { "$.stacks[0].environments[0].waves[0].regions[0].app", "\"--\"" },
        { "$.stacks[0].environments[0].rollout.traffic[0].weight", "100" },
        { "$.stacks[0].environments[0].rollout.rollBack", "\"all\"" },
        { "$.stacks[1].environments[0].rollout.mirror.percent", "51" },
        { "$.stacks[1].environments[0].rollout.mirror.hold", "\"4m\"" },
        { "$.stacks[1].environments[0].rollout.mirror.server", "\"green\"" },
        { "$.stacks[0].environments[0].prereleases", "\"yes\"" },
        { "$.stacks[0].environments[0].verification.maxErrorRate", "5" },
        { "$.stacks[0].environments[0].verification.healthPath", "\"//evil.example\"" },
        { "$.stacks[0].environments[0].analysis.sources[0]", "\"rumours\"" },
        { "$.stacks[0].environments[0].analysis.every", "\"0s\"" },
        { "$.stacks[0].environments[0].analysis.falseRollbacks", "0.7" },
        { "$.stacks[0].environments[0].analysis.metrics[0].name", "\"speed\"" },
        { "$.stacks[0].environments[0].analysis.metrics[0].regression", "0.001" },
        { "$.stacks[0].environments[0].analysis.metrics[0].slack", "\"5ms\"" },
        { "$.stacks[0].environments[0].analysis.metrics[1].maxP95", "5" },
        { "$.stacks[0].calendar.timeZone", "\"Mars/Olympus\"" },
        { "$.stacks[0].calendar.ongoing", "\"panic\"" },
        { "$.stacks[0].calendar.windows[0].from", "\"Christmas\"" },
        { "$.stacks[0].calendar.windows[0].to", "\"2026-12-18\"" },
        { "$.stacks[0].calendar.windows[0].to", "\"2027-12-18\"" },
        { "$.stacks[0].calendar.windows[0].for", "\"2d\"" },
        { "$.stacks[0].calendar.windows[1].for", "\"1s\"" },
        { "$.stacks[0].calendar.windows[1].every", "\"FREQ=SOMETIMES\"" },
        { "$.stacks[0].calendar.windows[1].every", "\"FREQ=SECONDLY\"" },
        { "$.stacks[0].calendar.windows[1].every", "\"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\"" },
        { "$.stacks[0].calendar.windows[1].every", "\"weekends\"" },
        { "$.stacks[0].calendar.windows[1].environments[0]", "\"staging\"" },
        { "$.stacks[0].calendar.holidays.of", "\"moon\"" },
        { "$.stacks[0].calendar.holidays.before", "\"-1d\"" },
        { "$.stacks[0].environments[0].gate.margin", "2" },
        { "$.stacks[0].environments[0].gate.when", "\"sometimes\"" },
        { "$.stacks[0].environments[0].gate.confidence", "0.2" },
        { "$.stacks[0].environments[0].continuous.every", "\"9m\"" },
        { "$.stacks[0].environments[0].continuous.rollBackWithin", "\"a day\"" },
        { "$.stacks[0].environments[0].continuous.cases", "4" },
        { "$.stacks[0].environments[0].continuous.margin", "0.1" },
        { "$.stacks[0].environments[0].waves[0].regions[0].models.account.models[0].capacity", "0" },
        { "$.stacks[0].environments[0].waves[0].regions[0].models.account.colour", "\"red\"" },
        { "$.stacks[1].environments[0].waves[0].regions[0].models.storage", "null" },
        { "$.stacks[1].environments[0].waves[0].regions[0].models.open[0].endpoint", "\"http://models.example\"" },
        { "$.stacks[1].environments[0].waves[0].regions[0].models.open[0].accelerator.runtime", "null" },
        { "$.stacks[1].weightsHub.address", "\"ftp://hub\"" },
        { "$.stacks[1].weightsHub.redirects[0]", "\"hub\"" },
        { "$.stacks[1].cloud.modelSuffixes", "[\"cn\"]" },
        { "$.stacks[0].colour", "\"red\"" },
    };

    [Theory]
    [MemberData(nameof(Spoilt))]
    public void What_is_wrong_is_named_by_its_path(string path, string value)
    {
        var topology = Good();
        topology.Set(path, JsonNode.Parse(value));

        var problem = TopologyParser.Parse(topology.ToJsonString()).Problems.ShouldHaveSingleItem();

        // What is given twice, or not at all, is told where the first of the two belongs.
        problem.Path.ShouldBe(path == "$.stacks[0].calendar.windows[0].for" ? "$.stacks[0].calendar.windows[0].to"
            : path == "$.stacks[1].cloud.modelSuffixes" ? $"{path}[0]" : path);
        problem.Message.ShouldContain("expected");
        problem.Message.ShouldContain("found");
    }

    [Theory]
    [InlineData("subscriptionId")]
    [InlineData("name")]
    public void Stacks_that_share_what_must_be_their_own_are_refused(string property)
    {
        var topology = Good();
        topology["stacks"]![1]![property] = topology["stacks"]![0]![property]!.DeepClone();

        TopologyParser.Parse(topology.ToJsonString()).Problems.ShouldContain(problem => problem.Message.Contains("once"));
    }

    [Fact]
    public void A_client_secret_credential_without_its_parts_names_both()
    {
        var topology = Good();
        topology["stacks"]![0]!["credential"] = JsonNode.Parse("""{ "kind": "clientSecret" }""");

        TopologyParser.Parse(topology.ToJsonString()).Problems.Select(problem => problem.Path)
            .ShouldBe(["$.stacks[0].credential.clientId", "$.stacks[0].credential.secretSetting"]);
    }

    [Fact]
    public void A_cloud_that_is_not_known_must_spell_its_endpoints_out()
    {
        var topology = Good();
        topology["stacks"]![0]!["cloud"] = JsonNode.Parse("""{ "name": "AzureMoonCloud" }""");

        TopologyParser.Parse(topology.ToJsonString()).Problems.Count.ShouldBe(4);
    }

    private static JsonObject Good() => JsonNode.Parse("""
        {
          "repository": "contoso/assistant",
          "stacks": [
            {
              "name": "us-closed",
              "cloud": { "name": "AzurePublicCloud" },
              "tenantId": "11111111-1111-1111-1111-111111111111",
              "subscriptionId": "22222222-2222-2222-2222-222222222222",
              "calendar": {
                "timeZone": "America/New_York",
                "ongoing": "hold",
                "windows": [
                  { "name": "year end", "from": "2026-12-19", "to": "2027-01-04T18:00" },
                  { "name": "weekend", "from": "2026-01-03", "for": "2d", "every": "FREQ=WEEKLY;BYDAY=SA", "environments": ["production"] }
                ],
                "holidays": { "of": "unitedStates", "before": "1d", "environments": ["production"] }
              },
              "environments": [
                { "name": "production", "waves": [ { "name": "canary", "bake": "2h", "regions": [ { "name": "eastus2", "resourceGroup": "rg-us", "app": "gateway-eastus2",
                    "models": { "account": { "name": "ai-us", "models": [ { "name": "chat", "model": "gpt-5", "sku": "DataZoneStandard", "capacity": 10 } ] } } } ] } ],
                  "gate": { "when": "always", "margin": 0.05, "confidence": 0.99, "minCases": 30, "minScore": 0.7, "parallel": 16 },
                  "continuous": { "every": "6h", "rollBackWithin": "1d", "cases": null },
                  "analysis": { "sources": ["requests", "prometheus"], "metrics": [{ "name": "errors", "maxShare": 0.5 }, { "name": "latency", "slack": "10ms", "maxP95": "5s" }] } }
              ]
            },
            {
              "name": "china-open",
              "cloud": { "name": "AzureChinaCloud" },
              "tenantId": "33333333-3333-3333-3333-333333333333",
              "subscriptionId": "44444444-4444-4444-4444-444444444444",
              "weightsHub": { "address": "https://www.modelscope.cn/models", "redirects": [".modelscope.cn"] },
              "environments": [
                { "name": "production", "waves": [ { "name": "canary", "regions": [ { "name": "chinanorth3", "resourceGroup": "rg-cn", "app": "gateway-chinanorth3",
                    "models": { "storage": "stweights", "open": [ {
                      "name": "deepseek-v4-flash", "serving": "external", "endpoint": "https://models.contoso.example.cn",
                      "accelerator": { "vendor": "ascend", "kind": "Atlas 800 A3", "count": 2, "memoryGb": 1024, "runtime": { "plugin": "vllm-ascend 0.23.0", "engine": "vllm 0.23.0", "cann": "9.1.0", "driver": "25.5.0" } }
                    } ] } } ] } ],
                  "rollout": { "mirror": { "percent": 25 } } }
              ]
            }
          ]
        }
        """)!.AsObject();
}
