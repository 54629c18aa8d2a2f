namespace Orchestrator.Functions.Suites.Graders;

/// <summary>Whether an answer is JSON that conforms to a schema. Models like to put a fence around code, so one is taken off.</summary>
internal sealed class SchemaAnswer(AnswerSchemaCheck check) : IAnswerGrader
{
    private const string Fence = "```";

    public ValueTask<Grade> GradeAsync(GradedTry graded, CancellationToken cancellationToken) =>
        new(check.WhyNot(WithoutFence(graded.Reply.Text.Trim())) is { } why ? Grade.Failed(why) : Grade.Passed);

    private static string WithoutFence(string text)
    {
        var begin = text.IndexOf('\n', StringComparison.Ordinal);
        return text.StartsWith(Fence, StringComparison.Ordinal) && text.EndsWith(Fence, StringComparison.Ordinal) && begin > 0 && begin < text.Length - Fence.Length
            ? text[begin..^Fence.Length]
            : text;
    }
}
