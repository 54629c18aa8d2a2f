using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Core.Names;
using Orchestrator.Core.Suites;

namespace Orchestrator.Core.Tests.Suites;

public sealed class SuiteParserTests
{
    [Fact]
    public void A_good_suite_is_read_whole()
    {
        var bytes = Encoding.UTF8.GetBytes(SuiteBuilder.Good().ToJsonString());

        var parsed = SuiteParser.Parse(bytes);

        parsed.Problems.ShouldBeEmpty();
        var suite = parsed.Value.ShouldNotBeNull();
        suite.Digest.ShouldBe(Sha256Digest.Of(bytes));
        (suite.Name, suite.Version, suite.Repeats, suite.Seed, suite.Timeout).ShouldBe(("default", "1.0", 3, 7, TimeSpan.FromSeconds(45)));
        suite.Judges.ShouldBe(["gpt-5"]);
        var (whole, small) = (suite.Cases[0], suite.Cases[1]);
        (whole.Id, whole.Category, whole.IsShort, whole.Quarantined, whole.Stream).ShouldBe(("code-sum-even", "coding", true, "looked at", true));
        (suite.RepeatsOf(whole), suite.RepeatsOf(small)).ShouldBe((1, 3));
        whole.Messages.ShouldBe([new(MessageRole.System, "Only code."), new(MessageRole.User, "Sum the even ones.")]);
        whole.Parameters.ShouldBe(new(0.5, 1, 256));
        (whole.Format, whole.ToolChoice).ShouldBe((AnswerFormat.JsonObject, ToolChoice.Required));
        whole.Tools.ShouldHaveSingleItem().Name.ShouldBe("get_weather");
        whole.Graders.Take(2).ShouldBe([new ExactGrader("4", true), new PatternGrader("a+b", false)]);
        whole.Graders.Skip(5).Take(4).ShouldBe([new RefusalGrader(false), new FirstTokenGrader(TimeSpan.FromSeconds(2)), new LatencyGrader(TimeSpan.FromSeconds(10)), new TokensPerSecondGrader(20)]);
        var code = whole.Graders[9].ShouldBeOfType<CodeGrader>();
        code.Tests[0].Arguments.ShouldHaveSingleItem()!.ToJsonString().ShouldBe("[1,2,4]");
        code.Tests[0].Expected!.GetValue<int>().ShouldBe(6);
        code.Tests[1].Expected.ShouldBeNull();
        small.Graders.ShouldHaveSingleItem().ShouldBe(new ToolCallGrader(null, null));
        (small.Format, small.ToolChoice, small.Parameters, small.IsShort).ShouldBe((AnswerFormat.Text, ToolChoice.Auto, SuiteParameters.None, false));
    }

    [Fact]
    public void Every_problem_is_listed_with_its_path()
    {
        var suite = SuiteBuilder.Good();
        suite["seed"] = -1;
        suite["colour"] = "red";
        suite.Case(0)["toolChoice"] = "perhaps";
        suite.Case(0)["parameters"]!["temperature"] = 3;
        suite.Graders(0)[1]!["pattern"] = "(";
        suite.Graders(0)[2]!["schema"]!["properties"]!["b"]!["items"]!["const"] = 1;
        suite.Graders(0)[4]!["name"] = "get_time";
        suite.Graders(0)[9]!["tests"]![0]!["arguments"] = 3;
        suite.Graders(0)[10] = JsonNode.Parse("""{ "kind": "taste", "colour": "red" }""");
        suite.Case(1)["id"] = "code-sum-even";
        suite.Graders(1).Add(JsonNode.Parse("""{ "kind": "firstToken", "atMost": "2s" }"""));

        var parsed = suite.Parse();

        parsed.Value.ShouldBeNull();
        parsed.Problems.Select(problem => problem.Path).ShouldBe(
            [
                "$.seed",
                "$.cases[0].parameters.temperature",
                "$.cases[0].toolChoice",
                "$.cases[0].graders[1].pattern",
                "$.cases[0].graders[2].schema.properties.b.items.const",
                "$.cases[0].graders[4].name",
                "$.cases[0].graders[9].tests[0].arguments",
                "$.cases[0].graders[10].kind",
                "$.cases[1].graders[1].kind",
                "$.cases[1].id",
                "$.colour",
            ]);
        parsed.Problems.ShouldAllBe(problem => problem.Message.Contains("expected") && problem.Message.Contains("found"));
    }

    [Theory]
    [InlineData("""{ "definitions": { "a": { "$ref": "#/definitions/a" } } }""")]
    [InlineData("""{ "definitions": { "a": { "properties": { "b": { "$ref": "#/definitions/b" } } }, "b": { "not": { "$ref": "#/definitions/a" } } } }""")]
    public void A_schema_that_refers_to_itself_is_refused(string schema) =>
        WithSchema(schema).Parse().Problems.ShouldHaveSingleItem().Message.ShouldContain("does not lead back");

    [Fact]
    public void A_schema_that_refers_to_nothing_is_refused() =>
        WithSchema("""{ "properties": { "a": { "$ref": "#/definitions/none" } } }""").Parse().Problems.ShouldHaveSingleItem().Path.ShouldBe("$.cases[1].graders[1].schema.properties.a.$ref");

    [Fact]
    public void A_schema_may_share_definitions() =>
        WithSchema("""{ "definitions": { "a": { "items": { "$ref": "#/definitions/b" } }, "b": {} }, "properties": { "x": { "$ref": "#/definitions/a" }, "y": { "$ref": "#/definitions/a" } } }""").Parse().Problems.ShouldBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"name":"a","name":"a","version":"1","cases":[]}""")]
    public void What_is_no_suite_at_all_is_refused(string json) =>
        SuiteParser.Parse(Encoding.UTF8.GetBytes(json)).Problems.ShouldNotBeEmpty();

    [Fact]
    public void A_file_above_the_limit_is_refused_unread() =>
        SuiteParser.Parse(new byte[Suite.LargestSize + 1]).Problems.ShouldHaveSingleItem().ToString().ShouldBe("$: expected at most 4194304 bytes, found 4194305");

    [Fact]
    public void A_time_limit_without_end_is_refused()
    {
        var suite = SuiteBuilder.Good();
        suite["timeout"] = "2h";

        suite.Parse().Problems.ShouldHaveSingleItem().Path.ShouldBe("$.timeout");
    }

    [Fact]
    public void The_short_suite_has_the_cases_that_are_marked_so() =>
        SuiteBuilder.Good().Parse().Value!.Short().Cases.ShouldHaveSingleItem().Id.ShouldBe("code-sum-even");

    [Fact]
    public void Some_cases_keep_the_suites_order() =>
        SuiteBuilder.Good().Parse().Value!.Only(["small", "code-sum-even"]).Cases.Select(one => one.Id).ShouldBe(["code-sum-even", "small"]);

    [Fact]
    public void A_case_that_is_not_there_is_named() =>
        Should.Throw<ArgumentException>(() => SuiteBuilder.Good().Parse().Value!.Only(["smal"])).Message.ShouldContain("'smal'");

    private static JsonObject WithSchema(string schema)
    {
        var suite = SuiteBuilder.Good();
        suite.Graders(1).Add(new JsonObject { ["kind"] = "jsonSchema", ["schema"] = JsonNode.Parse(schema) });
        return suite;
    }
}
