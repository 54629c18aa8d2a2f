using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Core.Suites;
using Orchestrator.Functions.Suites;

namespace Orchestrator.Functions.Tests.Suites;

/// <summary>Suites as small as a test needs them, read as a file would be.</summary>
internal static class Suites
{
    /// <summary>A case that asks its id and has these graders.</summary>
    public static JsonObject Case(string id, params string[] graders) => new()
    {
        ["id"] = id,
        ["category"] = "english",
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = id }),
        ["graders"] = new JsonArray([.. graders.Select(grader => JsonNode.Parse(grader))]),
    };

    public static JsonObject With(this JsonObject one, string name, JsonNode? value)
    {
        one[name] = value;
        return one;
    }

    public static Suite Of(params JsonObject[] cases) => Of("60s", 1, cases);

    public static Suite Of(string timeout, int repeats, params JsonObject[] cases)
    {
        var parsed = SuiteParser.Parse(Encoding.UTF8.GetBytes(new JsonObject
        {
            ["name"] = "test",
            ["version"] = "1",
            ["repeats"] = repeats,
            ["seed"] = 7,
            ["timeout"] = timeout,
            ["cases"] = new JsonArray([.. cases]),
        }.ToJsonString()));
        parsed.Problems.ShouldBeEmpty();
        return parsed.Value!;
    }

    /// <summary>The one try of a suite with one case, whose answer is graded so.</summary>
    public static async Task<CaseEvidence> TryAsync(TimeProvider time, ModelServer server, string grader, bool stream)
    {
        var run = await new SuiteRunner(time).RunAsync(Of(Case("sum", grader).With("stream", stream)), server.Target(), new(1), TestContext.Current.CancellationToken);
        return run.Evidence.ShouldHaveSingleItem();
    }
}
