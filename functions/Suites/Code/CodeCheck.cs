using System.Text.Json.Nodes;

namespace Orchestrator.Functions.Suites.Code;

/// <summary>One call of a function that an answer holds.</summary>
/// <param name="Arguments">What it is called with.</param>
/// <param name="Expected">What it has to return.</param>
public sealed record CodeCheck(IReadOnlyList<JsonNode?> Arguments, JsonNode? Expected);
