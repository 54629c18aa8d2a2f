using System.Text.Json.Nodes;

namespace Orchestrator.Functions.Suites.Code;

/// <summary>One call that a function from an answer has to get right.</summary>
/// <param name="Arguments">What it is called with.</param>
/// <param name="Expected">What it has to return, as JSON.</param>
public sealed record CodeCheck(IReadOnlyList<JsonNode?> Arguments, JsonNode? Expected);
