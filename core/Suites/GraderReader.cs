using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Suites;

/// <summary>Reads one grader of a case by its <c>kind</c>.</summary>
internal static class GraderReader
{
    private const double Largest = 1e300;

    public static Grader? Read(JsonObjectReader grader, bool stream, IReadOnlyList<SuiteTool> tools)
    {
        switch (grader.Word<Kind>("kind", required: true))
        {
            case Kind.Exact:
                return Exact(grader);
            case Kind.Pattern:
                return Pattern(grader);
            case Kind.JsonSchema:
                return AnswerSchema.Read(grader, "schema", required: true) is { } schema ? new JsonSchemaGrader(schema) : null;
            case Kind.Numeric:
                return Numeric(grader);
            case Kind.ToolCall:
                return ToolCall(grader, tools);
            case Kind.Refusal:
                return new RefusalGrader(grader.Flag("expected") ?? true);
            case Kind.FirstToken:
                ForStreams(grader, stream);
                return grader.Limit("atMost", required: true) is { } first ? new FirstTokenGrader(first) : null;
            case Kind.Latency:
                return grader.Limit("atMost", required: true) is { } latency ? new LatencyGrader(latency) : null;
            case Kind.TokensPerSecond:
                ForStreams(grader, stream);
                return Number(grader, "atLeast", 0.001, 1_000_000, "tokens a second, 0.001 to 1000000") is { } rate ? new TokensPerSecondGrader(rate) : null;
            case Kind.Code:
                return Code(grader);
            case Kind.Judge:
                return Judge(grader);
            default:
                grader.IgnoreUnknown();
                return null;
        }
    }

    private static ExactGrader? Exact(JsonObjectReader grader)
    {
        var value = grader.RequiredText("value");
        var ignoreCase = grader.Flag("ignoreCase") ?? false;
        return value is null ? null : new(value, ignoreCase);
    }

    private static PatternGrader? Pattern(JsonObjectReader grader)
    {
        var pattern = grader.RequiredText("pattern");
        var expected = grader.Flag("expected") ?? true;
        if (pattern is null || AnswerSchema.WhyNoPattern(pattern) is not { } why)
        {
            return pattern is null ? null : new(pattern, expected);
        }

        grader.Report("pattern", why);
        return null;
    }

    private static NumericGrader? Numeric(JsonObjectReader grader)
    {
        var value = Number(grader, "value", -Largest, Largest, "a number");
        var tolerance = grader.Number("tolerance", 0, Largest, "a number, 0 or more") ?? 0;
        return value is null ? null : new(value.Value, tolerance);
    }

    private static ToolCallGrader? ToolCall(JsonObjectReader grader, IReadOnlyList<SuiteTool> tools)
    {
        const string Rule = "a tool's name, or null when no tool is to be called";
        var arguments = AnswerSchema.Read(grader, "arguments", required: false);
        if (grader.Given("name", Rule) is not { } given)
        {
            return null;
        }

        if (given.ValueKind == JsonValueKind.Null)
        {
            if (arguments is not null)
            {
                grader.Report("arguments", "expected none, because no tool is to be called; found an object");
            }

            return new(null, null);
        }

        var name = grader.Matching("name", SuiteTexts.Tool(), Rule);
        if (name is not null && tools.All(tool => tool.Name != name))
        {
            grader.Report("name", $"expected one of the case's tools ({string.Join(", ", tools.Select(tool => tool.Name).DefaultIfEmpty("it has none"))}), found '{name}'");
        }

        return name is null ? null : new(name, arguments);
    }

    private static CodeGrader? Code(JsonObjectReader grader)
    {
        var function = grader.Matching("function", SuiteTexts.Function(), SuiteTexts.FunctionRule);
        var tests = grader.Objects("tests", required: true, Test);
        return function is null ? null : new(function, tests);
    }

    private static CodeTest? Test(JsonObjectReader test)
    {
        var arguments = test.Given("arguments", "a list");
        var expected = test.Given("expected", "any JSON value, null too");
        if (arguments is { ValueKind: not JsonValueKind.Array })
        {
            test.Report("arguments", "expected a list, found something else");
            return null;
        }

        return arguments is null || expected is null
            ? null
            : new([.. arguments.Value.EnumerateArray().Select(Node)], Node(expected.Value));
    }

    private static JudgeGrader? Judge(JsonObjectReader grader)
    {
        var model = grader.RequiredText("model");
        var rubric = grader.RequiredText("rubric");
        return model is null || rubric is null ? null : new(model, rubric);
    }

    private static void ForStreams(JsonObjectReader grader, bool stream)
    {
        if (!stream)
        {
            grader.Report("kind", "expected a grader of whole answers, because the case has no \"stream\": true; found one that needs it");
        }
    }

    private static double? Number(JsonObjectReader grader, string name, double least, double most, string rule) =>
        grader.Scalar<double>(
            name,
            required: true,
            rule,
            found => found.ValueKind == JsonValueKind.Number && found.TryGetDouble(out var value) && value >= least && value <= most ? value : null);

    // The document is gone when the suite is used.
    private static JsonNode? Node(JsonElement element) => JsonNode.Parse(element.GetRawText());

    private enum Kind
    {
        Exact,
        Pattern,
        JsonSchema,
        Numeric,
        ToolCall,
        Refusal,
        FirstToken,
        Latency,
        TokensPerSecond,
        Code,
        Judge,
    }
}
