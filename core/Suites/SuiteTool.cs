namespace Orchestrator.Core.Suites;

/// <summary>A function that a model may call.</summary>
/// <param name="Name">Letters, digits, dashes and underscores, at most 64.</param>
/// <param name="Description">What it does, for the model; null for nothing.</param>
/// <param name="Parameters">The JSON Schema of its arguments as JSON text; null when it takes none. It is sent as it is.</param>
public sealed record SuiteTool(string Name, string? Description, string? Parameters);

/// <summary>Whether a model may call a tool.</summary>
public enum ToolChoice
{
    /// <summary>As it thinks fit.</summary>
    Auto,

    /// <summary>It must call one.</summary>
    Required,

    /// <summary>It must not.</summary>
    None,
}
