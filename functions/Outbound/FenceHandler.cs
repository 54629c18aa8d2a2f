namespace Orchestrator.Functions.Outbound;

/// <summary>
/// The fence: lets a counterpart's requests reach only that counterpart's hosts, whatever a configuration, an answer or a
/// redirect may name.
/// </summary>
/// <param name="owner">Whose requests these are, for messages.</param>
/// <param name="hosts">What they may reach.</param>
/// <param name="inner">What sends them.</param>
public sealed class FenceHandler(string owner, FencedHosts hosts, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <inheritdoc />
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.RequestUri is { } address && hosts.Allow(address)
            ? base.SendAsync(request, cancellationToken)
            : throw new FenceException(owner, request.RequestUri);
}
