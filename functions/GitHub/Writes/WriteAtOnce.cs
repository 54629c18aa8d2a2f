using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Functions.GitHub.Writes;

/// <summary>
/// Has what waits written at once, beside whoever put it there. A function app that is put to sleep meanwhile loses nothing: the
/// timer wakes it up.
/// </summary>
/// <param name="nudge">Tells that something waits.</param>
/// <param name="drainer">Who writes.</param>
/// <param name="logger">The log.</param>
public sealed partial class WriteAtOnce(WriteNudge nudge, WriteDrainer drainer, ILogger<WriteAtOnce> logger) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What an earlier process has left.
        nudge.Give();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await nudge.TakeAsync(stoppingToken);
                await drainer.DrainAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Each store has exceptions of its own for being down; the timer tries again.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                LogFailed(failure);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "What waits for GitHub could not be looked at; the timer looks again.")]
    private partial void LogFailed(Exception failure);
}
