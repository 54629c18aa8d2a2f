namespace Orchestrator.Functions.Outbound;

/// <summary>A request was about to leave the fence. Nothing was sent. A defect or an attack, never a passing fault.</summary>
/// <param name="owner">Whose request it was.</param>
/// <param name="address">Where it wanted to go.</param>
public sealed class FenceException(string owner, Uri? address)
    : InvalidOperationException($"Rule GEN-CLOUD-01: requests for {owner} may reach only its own hosts; found one for '{address?.Authority}'. Nothing was sent.");
