namespace Orchestrator.Core.Suites;

/// <summary>One message of a case's conversation.</summary>
/// <param name="Role">Who says it.</param>
/// <param name="Content">What is said.</param>
public sealed record SuiteMessage(MessageRole Role, string Content);

/// <summary>Who says a message.</summary>
public enum MessageRole
{
    /// <summary>The product that the model serves in.</summary>
    System,

    /// <summary>A person.</summary>
    User,

    /// <summary>The model, earlier in the conversation.</summary>
    Assistant,
}
