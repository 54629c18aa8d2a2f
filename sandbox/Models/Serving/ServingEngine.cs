namespace Orchestrator.Sandbox.Models;

/// <summary>What serves open weights.</summary>
public enum ServingEngine
{
    /// <summary>vLLM: opens its port only when the weights are loaded.</summary>
    Vllm,

    /// <summary>SGLang: answers 503 until the weights are loaded.</summary>
    Sglang,
}
