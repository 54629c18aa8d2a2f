namespace Orchestrator.Local.Doctor;

/// <summary>A resource that the infra program asks for, as far as a cloud says whether it has such.</summary>
/// <param name="Type">The ARM type, e.g. <c>Microsoft.App/containerApps</c>.</param>
/// <param name="ApiVersion">The API version that it is asked for with.</param>
/// <param name="Region">The region's programmatic name; null for what is in none.</param>
/// <param name="Plan">The tier, for a plan that function apps run on; else null.</param>
internal sealed record ResourceNeed(string Type, string ApiVersion, string? Region, string? Plan);
