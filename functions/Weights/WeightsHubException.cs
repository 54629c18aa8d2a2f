namespace Orchestrator.Functions.Weights;

/// <summary>The hub could not be read, though it was tried again. What had come by then is staged; a later slice goes on from there.</summary>
/// <param name="message">What was asked for, how far it came and why it ended.</param>
/// <param name="cause">The last failure.</param>
public sealed class WeightsHubException(string message, Exception cause) : IOException(message, cause);
