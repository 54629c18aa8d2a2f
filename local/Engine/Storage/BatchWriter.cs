using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Engine.Storage;

/// <summary>
/// Commits batches one after the other, on a thread of its own. While one is being written the next one fills: the busier the
/// engine, the more share a sync.
/// </summary>
internal sealed partial class BatchWriter : IDisposable
{
    private readonly BatchStore store;
    private readonly ILogger logger;
    private readonly Lock turn = new();
    private readonly SemaphoreSlim work = new(0);
    private readonly Task writing;
    private Batch open = new() { Number = 1 };
    private volatile Exception? broken;
    private bool completing;
    private long committed;
    private long settled;

    public BatchWriter(BatchStore store, ILogger logger)
    {
        this.store = store;
        this.logger = logger;
        writing = Task.Factory.StartNew(WriteAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The number of the last batch that is on disk.</summary>
    public long LastCommitted => Interlocked.Read(ref committed);

    /// <summary>Whether all that was added is on disk, and what follows from it has begun.</summary>
    public bool IsIdle
    {
        get
        {
            lock (turn)
            {
                return open.IsEmpty && Interlocked.Read(ref settled) == open.Number - 1;
            }
        }
    }

    /// <summary>Called after each batch, when all that follows from it has begun.</summary>
    public Action? Settled { get; set; }

    /// <summary>Why nothing can be written any more; null while all is well.</summary>
    public Exception? Broken => broken;

    /// <summary>Adds to the batch that is written next; the result is its number.</summary>
    /// <exception cref="InvalidOperationException">Nothing can be written any more.</exception>
    public long Add(Action<Batch> change)
    {
        if (broken is { } cause)
        {
            throw new InvalidOperationException("The engine's store cannot be written to: see the inner exception. Nothing that was acknowledged is lost; start again when the cause is gone.", cause);
        }

        lock (turn)
        {
            var wasEmpty = open.IsEmpty;
            change(open);
            if (wasEmpty && !open.IsEmpty)
            {
                work.Release();
            }

            return open.Number;
        }
    }

    /// <summary>Writes what is left and ends.</summary>
    public async Task CompleteAsync()
    {
        lock (turn)
        {
            completing = true;
        }

        work.Release();
        await writing;
    }

    public void Dispose() => work.Dispose();

    private void WriteAll()
    {
        while (true)
        {
            work.Wait();
            Batch batch;
            lock (turn)
            {
                batch = open;
                if (batch.IsEmpty)
                {
                    if (completing)
                    {
                        return;
                    }

                    continue;
                }

                open = new() { Number = batch.Number + 1 };
            }

            if (broken is null)
            {
                Write(batch);
            }
            else
            {
                Refuse(batch, broken);
            }
        }
    }

    private void Write(Batch batch)
    {
        try
        {
            store.Write(batch);
        }
        catch (SqliteException failure)
        {
            broken = failure;
            LogBroken(failure);
            Refuse(batch, failure);
            return;
        }

        Interlocked.Exchange(ref committed, batch.Number);
        foreach (var follow in batch.Committed)
        {
            follow();
        }

        foreach (var waiting in batch.Awaiting)
        {
            waiting.TrySetResult();
        }

        Interlocked.Exchange(ref settled, batch.Number);
        Settled?.Invoke();
    }

    private static void Refuse(Batch batch, Exception cause)
    {
        foreach (var waiting in batch.Awaiting)
        {
            waiting.TrySetException(new InvalidOperationException("The engine's store could not be written to.", cause));
        }
    }

    [LoggerMessage(1, LogLevel.Critical, "The engine's store cannot be written to. The engine stands still; nothing that was acknowledged is lost.")]
    private partial void LogBroken(Exception cause);
}
