namespace Orchestrator.Functions.Weights;

/// <summary>The hub's answer contradicts the manifest, or is a no. Never leaves <see cref="WeightsStager"/>.</summary>
internal sealed class WeightsRefusedException(string reason) : Exception(reason);
