namespace Orchestrator.Core.Problems;

/// <summary>One thing that is wrong with a document.</summary>
/// <param name="Path">Where: a JSON path from the document's root, e.g. <c>$.stacks[0].name</c>.</param>
/// <param name="Message">What was expected and what was found.</param>
public sealed record Problem(string Path, string Message)
{
    /// <summary>Path and message in one line.</summary>
    public override string ToString() => $"{Path}: {Message}";
}
