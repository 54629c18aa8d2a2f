using Orchestrator.Core.Configurations;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Compliance.Rules;

/// <summary>Closed models are used only where the stack allows them and their providers serve.</summary>
internal static class ClosedModels
{
    // Where closed models answer. What is called open and answers there is none.
    private static readonly string[] Hosts = ["api.openai.com", "api.anthropic.com", "generativelanguage.googleapis.com", "api.x.ai"];
    private static readonly string[] Suffixes = [".openai.azure.com", ".services.ai.azure.com", ".cognitiveservices.azure.com"];

    public static ComplianceRule Rule { get; } = new(
        "US-CLOSED-01",
        "Providers of closed US models do not serve mainland China, and their contracts cover the end users.",
        "OpenAI supported countries (list of 2026-10-10); Anthropic supported regions; no Azure OpenAI in Azure China",
        new(2024, 7, 9),
        new(2027, 3, 31),
        LeavesRoom: false,
        Check);

    private static IEnumerable<Problem> Check(ComplianceCase stack)
    {
        var declared = stack.Stack.Compliance;
        var reason = !declared.AllowsClosedModels ? "because compliance.closedModels is not true"
            : stack.Stack.IsInChina ? $"because {stack.Stack.Cloud.Name} has none"
            : declared.Market == Market.China ? "because the stack's market is China"
            : null;
        return reason is null
            ? []
            : stack.Stack.ClosedModels
                .Select(model => new Problem(model.Path, $"expected no closed model, {reason}; found {model.Format} {model.Name}"))
                .Concat(stack.Stack.OpenModels
                    .Where(model => model.Endpoint is { } endpoint && IsClosed(endpoint.Host))
                    .Select(model => new Problem($"{model.Path}.endpoint", $"expected no closed model, {reason}; found {model.Endpoint!.Host}")));
    }

    private static bool IsClosed(string host) =>
        Hosts.Contains(host, StringComparer.OrdinalIgnoreCase) || Suffixes.Any(suffix => host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
}
