using System.Collections.Concurrent;
using System.Collections.Immutable;
using Orchestrator.Local.Provisioning;
using Pulumi.Testing;

namespace Orchestrator.Local.Doctor;

/// <summary>Keeps what a preview of the infra program asks for, and makes nothing.</summary>
internal sealed class NeedsRecorder : IMocks
{
    private const string Package = "azure-native:";

    // Resources that are everywhere say so with this.
    private const string Everywhere = "global";

    private readonly ConcurrentBag<ResourceNeed> needs = [];

    /// <summary>Each need once, in an order that is always the same.</summary>
    public IReadOnlyList<ResourceNeed> Needs => [.. needs.Distinct().OrderBy(need => need.Type, StringComparer.Ordinal).ThenBy(need => need.Region, StringComparer.Ordinal)];

    public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        if (args.Type!.StartsWith(Package, StringComparison.Ordinal))
        {
            var (type, version) = AzureNativePaths.TypeOf(args.Type);
            var region = args.Inputs.GetValueOrDefault("location") as string;
            needs.Add(new(type, version, region == Everywhere ? null : region, type == "Microsoft.Web/serverfarms" ? Tier(args.Inputs) : null));
        }

        // Nothing is made, so nothing of it is known.
        return Task.FromResult<(string?, object)>((null, ImmutableDictionary<string, object>.Empty));
    }

    public Task<object> CallAsync(MockCallArgs args) => throw new NotSupportedException($"A preview calls no function here, and '{args.Token}' was called.");

    private static string? Tier(ImmutableDictionary<string, object> inputs) => (inputs["sku"] as ImmutableDictionary<string, object>)?["tier"] as string;
}
