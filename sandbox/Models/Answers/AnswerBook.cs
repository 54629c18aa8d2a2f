using System.Collections.Concurrent;
using System.Text.Json;

namespace Orchestrator.Sandbox.Models.Answers;

/// <summary>The questions that models of the sandbox know, each with a right and a plausible wrong answer.</summary>
internal sealed class AnswerBook
{
    private readonly Dictionary<string, KnownQuestion> questions;
    private readonly ConcurrentDictionary<string, Dictionary<string, double>> places = new(StringComparer.Ordinal);

    private AnswerBook(IEnumerable<KnownQuestion> known) => questions = known.ToDictionary(question => question.Prompt, StringComparer.Ordinal);

    /// <summary>The book that comes with the sandbox: <c>sandbox/Models/answers.json</c>.</summary>
    public static AnswerBook Shipped { get; } = Read();

    public KnownQuestion? Find(string prompt) => questions.GetValueOrDefault(prompt);

    /// <summary>
    /// Where a question stands between 0 and 1 in an order that is a deck's own. The questions divide that range evenly, so a model
    /// that knows what stands below its quality knows just that share of them.
    /// </summary>
    public double Place(string deck, KnownQuestion question) => places.GetOrAdd(deck, Shuffle)[question.Prompt];

    private Dictionary<string, double> Shuffle(string deck) => questions.Keys
        .OrderBy(prompt => StableHash.Of(deck, prompt))
        .Select((prompt, index) => (prompt, (index + 0.5) / questions.Count))
        .ToDictionary(StringComparer.Ordinal);

    private static AnswerBook Read()
    {
        using var stream = typeof(AnswerBook).Assembly.GetManifestResourceStream("answers.json")!;
        using var document = JsonDocument.Parse(stream);
        return new([.. document.RootElement.GetProperty("answers").EnumerateArray().Select(KnownQuestion.Read)]);
    }
}
