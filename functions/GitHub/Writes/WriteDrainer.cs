using Microsoft.Extensions.Logging;
using Orchestrator.Functions.Parity;

namespace Orchestrator.Functions.GitHub.Writes;

/// <summary>Writes to GitHub what waits, as far as the budget and GitHub allow it just now. What is left waits for the next time.</summary>
/// <param name="queue">What waits.</param>
/// <param name="writer">Whose turn it is, and the budget.</param>
/// <param name="statuses">Who writes statuses.</param>
/// <param name="retirements">Who makes earlier deployments inactive.</param>
/// <param name="summaries">Who writes onto releases.</param>
/// <param name="comments">Who makes comments.</param>
/// <param name="scores">Who publishes scores.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class WriteDrainer(
    PendingWrites queue,
    WriterStore writer,
    StatusSender statuses,
    RetirementSender retirements,
    SummarySender summaries,
    CommentSender comments,
    ScoreSender scores,
    TimeProvider time,
    ILogger<WriteDrainer> logger) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Writes what may be written. Ends when nothing waits any more, or nothing more may be written now.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if ((await queue.ListAsync(cancellationToken)).Count > 0 && await writer.HoldAsync(cancellationToken))
            {
                await DrainHeldAsync(cancellationToken);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => turn.Dispose();

    private async Task DrainHeldAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await writer.IsOpenAsync(cancellationToken) && await PassAsync(cancellationToken))
            {
            }
        }
        finally
        {
            // Also when this process is told to stop: the next one need not wait until the hold runs out.
            await writer.LetGoAsync(CancellationToken.None);
        }
    }

    // Whether something was written, and what has come meanwhile is worth a look.
    private async Task<bool> PassAsync(CancellationToken cancellationToken)
    {
        var isAnyDone = false;
        var now = time.GetUtcNow();
        foreach (var waiting in (await queue.ListAsync(cancellationToken)).Where(write => write.NotBefore is null || write.NotBefore <= now))
        {
            // What is newer by now takes its place.
            if (await queue.FindAsync(waiting.Key, cancellationToken) is not { } newest)
            {
                continue;
            }

            var outcome = await SendAsync(newest, cancellationToken);
            if (outcome == SendOutcome.NotNow)
            {
                return false;
            }

            isAnyDone |= outcome == SendOutcome.Done;
        }

        return isAnyDone;
    }

    private async Task<SendOutcome> SendAsync(QueuedWrite queued, CancellationToken cancellationToken)
    {
        try
        {
            var isDone = queued.Write switch
            {
                StatusWrite status => await statuses.SendAsync(status, cancellationToken),
                RetirementWrite retirement => await retirements.SendAsync(retirement, cancellationToken),
                SummaryWrite summary => await summaries.SendAsync(summary, cancellationToken),
                ParityWrite parity => await summaries.SendAsync(parity, cancellationToken),
                ScoreWrite sheet => await scores.SendAsync(sheet, cancellationToken),
                CommentWrite comment => await comments.SendAsync(comment, cancellationToken),
                _ => throw new InvalidOperationException($"Nobody knows how to write {queued.Write.GetType().Name}."),
            };
            if (!isDone)
            {
                return SendOutcome.NotNow;
            }
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && WriteFailure.Of(failure, time.GetUtcNow()) is { } known)
        {
            return await NoteAsync(queued, known, cancellationToken);
        }

        await queue.DoneAsync(queued, cancellationToken);
        await writer.AnsweredAsync(cancellationToken);
        return SendOutcome.Done;
    }

    private async Task<SendOutcome> NoteAsync(QueuedWrite queued, WriteFailure failure, CancellationToken cancellationToken)
    {
        if (failure.Kind != WriteFailureKind.Refused)
        {
            LogNotNow(failure.Why);
            await writer.NoteAsync(failure, cancellationToken);
            return SendOutcome.NotNow;
        }

        LogRefused(queued.Write.About, failure.Why);
        var stillWaits = await queue.RefusedAsync(queued, cancellationToken);
        await writer.NoteAsync(new WriteRefusal(queued.Write.About, time.GetUtcNow(), failure.Why, IsGivenUp: !stillWaits), cancellationToken);
        return SendOutcome.Refused;
    }

    [LoggerMessage(1, LogLevel.Information, "GitHub is written to later: {Why}")]
    private partial void LogNotNow(string why);

    [LoggerMessage(2, LogLevel.Warning, "{About}: GitHub refuses it: {Why}")]
    private partial void LogRefused(string about, string why);

    private enum SendOutcome
    {
        Done,
        NotNow,
        Refused,
    }
}
