using System.Text.Json.Nodes;

namespace Orchestrator.Core.Suites;

/// <summary>What an answer has to be or do to pass. One record for each kind.</summary>
public abstract record Grader;

/// <summary>The answer, trimmed, is this text.</summary>
/// <param name="Value">The text.</param>
/// <param name="IgnoreCase">Whether capital and small letters are the same.</param>
public sealed record ExactGrader(string Value, bool IgnoreCase) : Grader;

/// <summary>A .NET regular expression is, or is not, found in the answer.</summary>
/// <param name="Pattern">The expression.</param>
/// <param name="Expected">Whether it is to be found.</param>
public sealed record PatternGrader(string Pattern, bool Expected) : Grader;

/// <summary>The answer, without one ``` fence around it, is JSON that conforms to a schema.</summary>
/// <param name="Schema">The schema as JSON text, of the keywords that <see cref="AnswerSchema"/> lists.</param>
public sealed record JsonSchemaGrader(string Schema) : Grader;

/// <summary>The last number of the answer is this one.</summary>
/// <param name="Value">The number.</param>
/// <param name="Tolerance">How far off it may be, 0 or more.</param>
public sealed record NumericGrader(double Value, double Tolerance) : Grader;

/// <summary>The answer calls this tool and no other, or none.</summary>
/// <param name="Name">The tool; null when no tool is to be called.</param>
/// <param name="Arguments">The schema that the arguments of each call conform to, as JSON text; null for any.</param>
public sealed record ToolCallGrader(string? Name, string? Arguments) : Grader;

/// <summary>The model, or its content filter, refuses to answer; or does not.</summary>
/// <param name="Expected">Whether a refusal is wanted.</param>
public sealed record RefusalGrader(bool Expected) : Grader;

/// <summary>The first token comes in time. For streamed answers.</summary>
/// <param name="AtMost">The longest time that passes.</param>
public sealed record FirstTokenGrader(TimeSpan AtMost) : Grader;

/// <summary>The whole answer comes in time.</summary>
/// <param name="AtMost">The longest time that passes.</param>
public sealed record LatencyGrader(TimeSpan AtMost) : Grader;

/// <summary>Tokens behind the first come fast enough. For streamed answers.</summary>
/// <param name="AtLeast">Tokens a second.</param>
public sealed record TokensPerSecondGrader(double AtLeast) : Grader;

/// <summary>The answer is JavaScript with a function that gives what each test expects.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Tests">At least one.</param>
public sealed record CodeGrader(string Function, IReadOnlyList<CodeTest> Tests) : Grader;

/// <summary>One call of a function that an answer holds.</summary>
/// <param name="Arguments">What it is called with.</param>
/// <param name="Expected">What it returns.</param>
public sealed record CodeTest(IReadOnlyList<JsonNode?> Arguments, JsonNode? Expected);

/// <summary>Another model of the same stack says that the answer passes.</summary>
/// <param name="Model">The judging model's name.</param>
/// <param name="Rubric">What it judges by.</param>
public sealed record JudgeGrader(string Model, string Rubric) : Grader;
