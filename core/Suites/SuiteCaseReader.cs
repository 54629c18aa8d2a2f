using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Suites;

/// <summary>Reads one case of a suite.</summary>
internal static class SuiteCaseReader
{
    public static SuiteCase? Read(JsonObjectReader one)
    {
        var id = one.Matching("id", SuiteTexts.Id(), SuiteTexts.IdRule);
        var category = one.Matching("category", SuiteTexts.Category(), SuiteTexts.CategoryRule);
        var isShort = one.Flag("short") ?? false;
        var quarantined = one.OptionalText("quarantined");
        var repeats = one.Whole("repeats", 1, Suite.MostRepeats);
        var stream = one.Flag("stream") ?? false;
        var messages = one.Objects("messages", required: true, Message);
        var parameters = one.OptionalObject("parameters") is { } given ? Parameters(given) : SuiteParameters.None;
        var format = one.Word<AnswerFormat>("responseFormat") ?? AnswerFormat.Text;
        var tools = Tools(one);
        var choice = Choice(one, tools);
        var graders = one.Objects("graders", required: true, grader => GraderReader.Read(grader, stream, tools));
        return id is null || category is null
            ? null
            : new(id, category, isShort, quarantined, repeats, stream, messages, parameters, format, tools, choice, graders);
    }

    private static SuiteMessage? Message(JsonObjectReader message)
    {
        var role = message.Word<MessageRole>("role", required: true);
        var content = message.RequiredText("content");
        return role is null || content is null ? null : new(role.Value, content);
    }

    private static SuiteParameters Parameters(JsonObjectReader given)
    {
        var parameters = new SuiteParameters(
            given.Number("temperature", 0, 2, "a number from 0 to 2"),
            given.Share("topP"),
            given.Whole("maxTokens", 1, SuiteParameters.MostTokens));
        given.RefuseUnknown();
        return parameters;
    }

    private static IReadOnlyList<SuiteTool> Tools(JsonObjectReader one)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        return one.Objects("tools", required: false, tool =>
        {
            var name = tool.Matching("name", SuiteTexts.Tool(), SuiteTexts.ToolRule);
            var description = tool.OptionalText("description");
            var parameters = tool.OptionalObject("parameters")?.RawText;
            if (name is not null && !names.Add(name))
            {
                tool.Report("name", $"expected each tool once, found '{name}' again");
            }

            return name is null ? null : new SuiteTool(name, description, parameters);
        });
    }

    private static ToolChoice Choice(JsonObjectReader one, IReadOnlyList<SuiteTool> tools)
    {
        var choice = one.Word<ToolChoice>("toolChoice") ?? ToolChoice.Auto;
        if (choice == ToolChoice.Required && tools.Count == 0)
        {
            one.Report("toolChoice", "expected auto or none, because the case has no tools; found required");
        }

        return choice;
    }
}
