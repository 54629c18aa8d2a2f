using Orchestrator.Core.Suites;

namespace Orchestrator.Functions.Models.Continuous;

/// <summary>
/// Questions that leave the answer open, so that models differ in it, and ask for few words of it, so that one model hardly does. An
/// id belongs to a wording: other words need another id.
/// </summary>
internal static class FingerprintQuestions
{
    /// <summary>The seed that goes with each.</summary>
    public const int Seed = 7;

    // Room for a few words; a model that thinks first is cut off always at the same place.
    private const int MostTokens = 48;

    public static IReadOnlyList<SuiteCase> All { get; } =
    [
        Ask("animal-1", "Name one animal. Give me just that word."),
        Ask("city-1", "Which city would you visit first? Give me just its name."),
        Ask("rain-1", "Complete in at most six words: The rain had stopped, and"),
        Ask("colour-1", "Describe the colour blue in exactly five words."),
        Ask("machine-1", "Invent a name for a coffee machine. Give me just the name."),
        Ask("autumn-zh-1", "用一句不超过十个字的话描写秋天。"),
        Ask("fruit-zh-1", "请说出一种水果，只说名称。"),
        Ask("boat-zh-1", "给一条小船起个名字，只说名字。"),
    ];

    private static SuiteCase Ask(string id, string words) => new(
        id,
        "fingerprint",
        IsShort: true,
        Quarantined: null,
        Repeats: 1,
        Stream: false,
        [new(MessageRole.User, words)],
        new(Temperature: 0, TopP: null, MostTokens),
        AnswerFormat.Text,
        [],
        ToolChoice.Auto,
        []);
}
