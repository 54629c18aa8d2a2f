using System.Text.Json.Nodes;
using Orchestrator.Core.Configurations;

namespace Orchestrator.Core.Tests.Configurations;

public sealed class StackConfigurationParserTests
{
    private const string Image = "images.contoso.example.cn/vllm@sha256:dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd";

    [Fact]
    public void What_is_not_said_has_its_usual_value()
    {
        var stack = ConfigurationBuilder.Good().Build();

        stack.Network.ShouldBe(NetworkKind.Public);
        stack.Registry.ShouldBeNull();
        stack.Credential.ShouldBeNull();
        stack.Environments.ShouldHaveSingleItem().Prereleases.ShouldBeFalse();
        var region = stack.Regions.ShouldHaveSingleItem().Region;
        region.Replicas.ShouldBe(ReplicaRange.Default);
        region.OpenModels.ShouldHaveSingleItem().Traffic.ShouldBe(ColourShares.AllBlue);
    }

    [Theory]
    [InlineData("true", true, null)]
    [InlineData("false", false, null)]
    [InlineData("\"yes\"", false, "$.environments[0].prereleases")]
    [InlineData("1", false, "$.environments[0].prereleases")]
    public void An_environment_says_whether_it_takes_prereleases(string value, bool takes, string? problem)
    {
        var configuration = ConfigurationBuilder.Good();
        configuration["environments"]![0]!["prereleases"] = JsonNode.Parse(value);

        var parsed = StackConfigurationParser.Parse(configuration.ToJsonString());

        parsed.Problems.Select(one => one.Path).ShouldBe(problem is null ? [] : [problem]);
        (parsed.Value?.Environments[0].Prereleases ?? false).ShouldBe(takes);
    }

    [Theory]
    [InlineData("{}", "06:00:00", null, null)]
    [InlineData("""{ "every": "10m", "rollBackWithin": "1d", "cases": 5 }""", "00:10:00", "1.00:00:00", null)]
    [InlineData("""{ "every": "599s" }""", null, null, "$.environments[0].continuous.every")]
    [InlineData("""{ "cases": 4 }""", null, null, "$.environments[0].continuous.cases")]
    [InlineData("""{ "often": "1h" }""", null, null, "$.environments[0].continuous.often")]
    [InlineData("true", null, null, "$.environments[0].continuous")]
    public void An_environment_says_how_its_models_are_verified_after_their_promotion(string value, string? every, string? window, string? problem)
    {
        var configuration = ConfigurationBuilder.Good();
        configuration["environments"]![0]!["continuous"] = JsonNode.Parse(value);

        var parsed = StackConfigurationParser.Parse(configuration.ToJsonString());

        parsed.Problems.Select(one => one.Path).ShouldBe(problem is null ? [] : [problem]);
        parsed.Value?.Environments[0].Continuous?.Every.ToString().ShouldBe(every);
        parsed.Value?.Environments[0].Continuous?.RollBackWithin?.ToString().ShouldBe(window);
    }

    [Fact]
    public void Blue_alone_gets_everything_and_is_the_only_server()
    {
        var model = Own().Build().OpenModels.ShouldHaveSingleItem();

        model.Servers.Select(server => server.Colour).ShouldBe(["blue"]);
        model.Mirror.ShouldBe(ColourShares.None);
    }

    [Fact]
    public void Green_is_as_blue_but_for_what_it_says()
    {
        var configuration = Own();
        configuration.Model()["green"] = new JsonObject { ["image"] = Image.Replace('d', '9') };
        configuration.Model()["traffic"] = new JsonObject { ["blue"] = 75, ["green"] = 25 };

        var model = configuration.Build().OpenModels.ShouldHaveSingleItem();

        var (blue, green) = (model.Servers.First().Server, model.Servers.Last().Server);
        green.Image.ShouldNotBe(blue.Image);
        green.Weights.ShouldBe(blue.Weights);
        (model.Traffic.Of("blue"), model.Traffic.Of("green")).ShouldBe((75, 25));
    }

    [Theory]
    [InlineData("contoso.azurecr.cn", true)]
    [InlineData("contoso-a1b2c3.azurecr.cn", true)]
    [InlineData("contoso2.azurecr.cn", false)]
    public void A_registry_answers_under_its_own_name(string host, bool answers) =>
        Core.Names.ContainerRegistryId.From("/subscriptions/2c4e6a80-1b3d-4f57-8967-a5b4c3d2e1f2/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/Contoso")
            .ShouldNotBeNull().Answers(host).ShouldBe(answers);

    private static JsonObject Own()
    {
        var configuration = ConfigurationBuilder.Good();
        var model = configuration.Model();
        model["serving"] = "azureml";
        model.Remove("endpoint");
        model["image"] = Image;
        model["accelerator"]!["vmSize"] = "Standard_Any";
        return configuration;
    }
}
