namespace Orchestrator.Functions.Outbound;

/// <summary>The hosts that one counterpart consists of.</summary>
/// <param name="Exact">Hosts by name, with the port where it is not the scheme's own.</param>
/// <param name="Suffixes">DNS suffixes, each with its leading dot.</param>
public sealed record FencedHosts(IReadOnlyList<string> Exact, IReadOnlyList<string> Suffixes)
{
    /// <summary>Whether <paramref name="address"/> is one of them.</summary>
    public bool Allow(Uri address) =>
        Exact.Contains(address.Authority, StringComparer.OrdinalIgnoreCase)
        || Suffixes.Any(suffix => address.Scheme == Uri.UriSchemeHttps && address.IdnHost.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
}
