using Microsoft.Extensions.Logging;

namespace Orchestrator.Functions.Deliveries;

/// <summary>
/// Records deliveries within the time that a webhook has for its answer: a store that is slow or down neither holds the answer up
/// nor changes it. What is not recorded is found by the next sweep.
/// </summary>
/// <param name="ledger">The ledger.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class DeliveryRecorder(DeliveryLedger ledger, TimeProvider time, ILogger<DeliveryRecorder> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>Ends when the delivery has been recorded, or cannot be, or is not within half a second; then it goes on by itself.</summary>
    public async Task RecordAsync(DeliveryEntry entry)
    {
        try
        {
            // On a thread of its own: SQLite blocks while somebody else has its file.
            await Task.Run(() => WriteAsync(entry)).WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            LogSlow(entry.Facts.Id);
        }
    }

    private async Task WriteAsync(DeliveryEntry entry)
    {
        try
        {
            await ledger.RecordAsync(entry, CancellationToken.None);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Each backend has its own exceptions for being down.
            LogNotRecorded(failure, entry.Facts.Id);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Delivery {Id} is not recorded yet: the store is slow.")]
    private partial void LogSlow(string id);

    [LoggerMessage(2, LogLevel.Warning, "Delivery {Id} could not be recorded: the next sweep will.")]
    private partial void LogNotRecorded(Exception failure, string id);
}
