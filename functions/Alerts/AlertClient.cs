using Orchestrator.Functions.Outbound;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.Alerts;

/// <summary>Posts to the addresses of alerts, and nowhere else.</summary>
public sealed class AlertClient(OrchestratorSettings settings) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient http = new(OutboundHandlers.Create(settings.TrustedRoots)) { Timeout = Patience };

    /// <summary>Posts to one of the addresses that the settings name.</summary>
    /// <exception cref="InvalidOperationException">The settings do not name the address.</exception>
    public Task<HttpResponseMessage> PostAsync(Uri address, HttpContent content, CancellationToken cancellationToken) =>
        settings.Alerts.Values.Contains(address)
            ? http.PostAsync(address, content, cancellationToken)
            : throw new InvalidOperationException("Expected an address that the settings name for alerts, found another.");

    /// <inheritdoc />
    public void Dispose() => http.Dispose();
}
