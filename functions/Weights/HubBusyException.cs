using System.Net;

namespace Orchestrator.Functions.Weights;

/// <summary>The hub asks to come back later.</summary>
/// <param name="status">Its answer.</param>
/// <param name="after">After how long, where it says so.</param>
internal sealed class HubBusyException(HttpStatusCode status, TimeSpan? after) : IOException($"the hub answered {(int)status}")
{
    public TimeSpan? After => after;
}
