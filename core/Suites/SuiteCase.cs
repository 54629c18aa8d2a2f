namespace Orchestrator.Core.Suites;

/// <summary>One question and how its answers are graded.</summary>
/// <param name="Id">What scores are kept under: lower-case letters, digits and dashes, at most 64.</param>
/// <param name="Category">What it is about, e.g. <c>coding</c>.</param>
/// <param name="IsShort">Whether it belongs to the short suite, by which running models are verified continuously.</param>
/// <param name="Quarantined">Why its result is told but does not count; null when it counts.</param>
/// <param name="Repeats">How often it is tried; null for as often as its suite says.</param>
/// <param name="Stream">Whether the answer is asked for token by token.</param>
/// <param name="Messages">The conversation up to the answer; at least one message.</param>
/// <param name="Parameters">How the model is to answer.</param>
/// <param name="Format">What form the answer is to have.</param>
/// <param name="Tools">Functions that the model may call.</param>
/// <param name="ToolChoice">Whether it may, must or must not call one.</param>
/// <param name="Graders">At least one; an answer has to pass all.</param>
public sealed record SuiteCase(
    string Id,
    string Category,
    bool IsShort,
    string? Quarantined,
    int? Repeats,
    bool Stream,
    IReadOnlyList<SuiteMessage> Messages,
    SuiteParameters Parameters,
    AnswerFormat Format,
    IReadOnlyList<SuiteTool> Tools,
    ToolChoice ToolChoice,
    IReadOnlyList<Grader> Graders);
