using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Topologies;

/// <summary>
/// Where a stack's open weights are fetched from: <c>ADDRESS/OWNER/NAME/resolve/REVISION/PATH</c>, as Hugging Face
/// (<c>https://huggingface.co</c>) and ModelScope (<c>https://www.modelscope.cn/models</c>) have it.
/// </summary>
/// <param name="Address">The hub's address.</param>
/// <param name="Redirects">The DNS suffixes of the hosts that it may redirect to, each with its leading dot.</param>
public sealed record WeightsHubDefinition(Uri Address, IReadOnlyList<string> Redirects);

/// <summary>Reads a hub.</summary>
internal static class WeightsHubReader
{
    public static WeightsHubDefinition? Read(JsonObjectReader? hub)
    {
        if (hub is null)
        {
            return null;
        }

        if (!hub.Has("address"))
        {
            hub.Report("address", "expected the hub's https address, found nothing");
        }

        var address = hub.Address("address");
        var redirects = StackReader.Suffixes(hub, "redirects") ?? [];
        hub.RefuseUnknown();
        return address is null ? null : new(address, redirects);
    }
}
