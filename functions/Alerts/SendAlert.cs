using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.Alerts;

/// <summary>
/// Pages whoever is on call for a stack: a line of the highest level in the log, and a CloudEvent to the address that the stack's
/// setting names. Source: CloudEvents 1.0.2, HTTP protocol binding, structured mode.
/// </summary>
/// <param name="http">The way to the addresses.</param>
/// <param name="settings">The addresses.</param>
/// <param name="logger">The log.</param>
public sealed class SendAlert(AlertClient http, OrchestratorSettings settings, ILogger<SendAlert> logger)
{
    private static readonly MediaTypeHeaderValue CloudEvent = new("application/cloudevents+json", "utf-8");

    /// <summary>Delivers the alert; throws when its address does not take it.</summary>
    [Function(nameof(SendAlert))]
    public async Task RunAsync([ActivityTrigger] Alert alert, CancellationToken cancellationToken)
    {
        logger.Alerted(alert.Type, alert.Subject, alert.Tag.Value, alert.Reason);
        if (settings.Alerts.GetValueOrDefault(alert.Stack) is not { } address)
        {
            return;
        }

        var body = new
        {
            specversion = "1.0",
            id = alert.Id,
            source = settings.PublicUrl?.ToString() ?? "/dual-stack-orchestrator",
            type = alert.Type,
            subject = alert.Subject,
            time = alert.At,
            datacontenttype = "application/json",
            data = new { release = alert.Tag.Value, reason = alert.Reason },
        };
        using var content = JsonContent.Create(body, CloudEvent);
        using var answer = await http.PostAsync(address, content, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"The address of {alert.Stack}'s alerts answered {(int)answer.StatusCode}.");
        }
    }
}
