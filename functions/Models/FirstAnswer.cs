namespace Orchestrator.Functions.Models;

/// <summary>What a model's answer says of it: one judgement for every kind, for bringing it up and for looking again. Pure.</summary>
internal static class FirstAnswer
{
    private const int LongestName = 100;

    /// <summary>The judgement. An answer that names no model could be anyone's: it is held against the model as a wrong name is.</summary>
    /// <param name="kind">What serves it: a provider may add to a closed model's name.</param>
    /// <param name="who">Who was asked, in the words that people know it by.</param>
    /// <param name="expected">The name to answer as.</param>
    /// <param name="answer">What came.</param>
    public static ModelReadiness Judge(ModelKind kind, string who, string expected, ModelAnswer answer) => answer switch
    {
        { Status: 200 } => IsIt(kind, expected, answer.Model)
            ? ModelReadiness.Ready($"{who} answers as {Cut(answer.Model!)}")
            : ModelReadiness.Failed($"expected {who} to answer as {expected}, found {(string.IsNullOrEmpty(answer.Model) ? "no name" : Cut(answer.Model))}"),
        { MayComeYet: true } => ModelReadiness.Progressing($"{who} does not answer yet: {answer.Detail}"),
        _ => ModelReadiness.Hindered($"{who} refuses to answer: {answer.Detail}"),
    };

    private static bool IsIt(ModelKind kind, string expected, string? found) =>
        kind == ModelKind.Closed ? found?.StartsWith(expected, StringComparison.Ordinal) == true : found == expected;

    /// <summary>What others have called themselves, no longer than people read.</summary>
    public static string Cut(string name) => name.Length <= LongestName ? name : $"{name[..LongestName]}…";
}
