using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Changes;

/// <summary>Something that a caller has a simulated service change.</summary>
/// <param name="Place">Where: <c>cloud/region</c>, or <c>github</c>.</param>
/// <param name="Kind">What kind of request: its method and what it is made to, e.g. <c>PATCH Microsoft.App/containerApps</c>.</param>
/// <param name="Subject">What it is about: a resource's id, or the environment of a deployment.</param>
/// <param name="Body">What was sent; null for nothing.</param>
public sealed record Change(string Place, string Kind, string Subject, JsonObject? Body);
