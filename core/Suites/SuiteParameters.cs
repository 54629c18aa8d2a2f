namespace Orchestrator.Core.Suites;

/// <summary>How a model is to answer. What is null is not sent, so the model's own default holds.</summary>
/// <param name="Temperature">0 to 2.</param>
/// <param name="TopP">The share of probability that tokens are drawn from, 0 to 1.</param>
/// <param name="MaxTokens">The longest answer in tokens.</param>
public sealed record SuiteParameters(double? Temperature, double? TopP, int? MaxTokens)
{
    /// <summary>The longest answer that may be asked for, in tokens.</summary>
    public const int MostTokens = 131_072;

    /// <summary>The model's own defaults.</summary>
    public static SuiteParameters None { get; } = new(null, null, null);
}

/// <summary>What form an answer is to have.</summary>
public enum AnswerFormat
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>One JSON object.</summary>
    JsonObject,
}
