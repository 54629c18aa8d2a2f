using System.Text.Json.Nodes;
using Orchestrator.Functions.Models;

namespace Orchestrator.Functions.Tests.Models;

public sealed class ModelEntriesTests
{
    [Fact]
    public void Entries_are_read_from_the_first_container_and_what_others_wrote_stays()
    {
        var template = Template("""[{"name":"chat","identity":"1","endpoint":"https://ai.example/","scope":"s","colour":"red"}]""");

        var entry = ModelEntries.Read(template).ShouldHaveSingleItem();
        ModelEntries.Write(template, [entry with { Identity = "2", Deployment = "chat-2" }]);

        JsonNode.DeepEquals(
            JsonNode.Parse(template["containers"]![0]!["env"]![1]!["value"]!.GetValue<string>()),
            JsonNode.Parse("""[{"name":"chat","endpoint":"https://ai.example/","identity":"2","deployment":"chat-2","scope":"s","colour":"red"}]""")).ShouldBeTrue();
        template["containers"]![0]!["env"]![0]!["value"]!.GetValue<string>().ShouldBe("us-closed");
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("""{"name":"chat"}""")]
    [InlineData("""[{"name":"chat"}]""")]
    [InlineData("[null]")]
    public void What_is_no_list_of_models_is_none(string value) => ModelEntries.Read(Template(value)).ShouldBeEmpty();

    [Fact]
    public void A_gateway_without_the_variable_has_no_models() => ModelEntries.Read(JsonNode.Parse("""{"containers":[{"image":"x"}]}""")).ShouldBeEmpty();

    private static JsonObject Template(string models) => new()
    {
        ["containers"] = new JsonArray(new JsonObject
        {
            ["env"] = new JsonArray(new JsonObject { ["name"] = "STACK", ["value"] = "us-closed" }, new JsonObject { ["name"] = "MODELS", ["value"] = models }),
        }),
    };
}
