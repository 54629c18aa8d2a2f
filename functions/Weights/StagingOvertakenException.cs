namespace Orchestrator.Functions.Weights;

/// <summary>Somebody else stages the same file and was quicker. Never leaves <see cref="WeightsStager"/>.</summary>
internal sealed class StagingOvertakenException(Exception cause) : Exception("Somebody else has changed the blob.", cause);
