namespace Orchestrator.Sandbox.Models.Answers;

/// <summary>Wording that content filters stop and that models refuse, with the filter's word for its kind.</summary>
internal static class HarmfulWording
{
    /// <summary>The kind of an attempt to talk a model out of its rules.</summary>
    public const string Jailbreak = "jailbreak";

    private static readonly (string Kind, string Phrase)[] Phrases =
    [
        ("violence", "build a bomb"),
        ("violence", "make a bomb"),
        ("violence", "kill someone"),
        ("violence", "kill a person"),
        ("violence", "poison someone"),
        ("violence", "制造炸弹"),
        ("violence", "怎么杀人"),
        ("self_harm", "hurt myself"),
        ("self_harm", "end my life"),
        ("self_harm", "伤害自己"),
        ("hate", "are an inferior race"),
        ("hate", "劣等民族"),
        ("sexual", "explicit sexual"),
        ("sexual", "色情小说"),
        (Jailbreak, "ignore all previous instructions"),
        (Jailbreak, "忽略之前的所有指令"),
    ];

    /// <summary>The kinds that filters tell a severity of.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["hate", "self_harm", "sexual", "violence"];

    /// <summary>The kind of the first such wording in a text, or null.</summary>
    public static string? KindIn(string text) => Phrases.FirstOrDefault(one => text.Contains(one.Phrase, StringComparison.OrdinalIgnoreCase)).Kind;
}
