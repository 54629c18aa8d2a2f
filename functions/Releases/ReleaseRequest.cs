using Orchestrator.Core.Releases;

namespace Orchestrator.Functions.Releases;

/// <summary>The request to roll a release out, as a webhook made it.</summary>
/// <param name="Key">Which attempt at which release.</param>
/// <param name="DeliveryId">The webhook delivery that asked for it.</param>
public sealed record ReleaseRequest(ReleaseKey Key, string DeliveryId);
