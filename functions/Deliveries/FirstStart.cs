using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Functions.Deliveries;

/// <summary>Notes when this instance was first started: the sweeps begin there, and do not roll out a repository's whole past.</summary>
/// <param name="sweeps">Where it is noted.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class FirstStart(SweepStore sweeps, TimeProvider time, ILogger<FirstStart> logger) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await sweeps.BeginAsync(time.GetUtcNow(), stoppingToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Each backend has its own exceptions for being down; the first sweep notes it then.
            LogNotNoted(failure);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The first start could not be noted: releases before the first sweep are found only if their webhooks come.")]
    private partial void LogNotNoted(Exception failure);
}
