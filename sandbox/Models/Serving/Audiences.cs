namespace Orchestrator.Sandbox.Models.Serving;

/// <summary>What tokens for model servers are made out to. Source: Azure OpenAI authentication; azure-ai-ml, <c>AML_RESOURCE_ID</c>.</summary>
internal static class Audiences
{
    /// <summary>AI accounts.</summary>
    public static IReadOnlyList<string> Models { get; } = ["https://cognitiveservices.azure.com", "https://ai.azure.com"];

    /// <summary>Online endpoints, in the public cloud and in China.</summary>
    public static IReadOnlyList<string> Servers { get; } = ["https://ml.azure.com", "https://ml.azure.cn"];
}
