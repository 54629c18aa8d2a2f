using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Storage;

namespace Orchestrator.Engine;

/// <summary>
/// A durable task engine in one process over one SQLite file. It keeps the promises of Durable Functions: activities run at least
/// once, orchestrators are replayed from their history, and what has been acknowledged outlives the process, however it ends.
/// </summary>
public sealed class DurableEngine : IAsyncDisposable
{
    private readonly EngineFolder folder;
    private readonly BatchStore store;
    private readonly BatchWriter writer;
    private readonly EngineReader loopReader;
    private readonly EngineReader clientReader;
    private readonly EngineLoop loop;

    private DurableEngine(DurableEngineOptions options, DurableFunctions functions, EngineFolder folder)
    {
        this.folder = folder;
        store = new(folder.Database);
        writer = new(store, options.LoggerFactory.CreateLogger<DurableEngine>());
        loopReader = new(folder.Database);
        clientReader = new(folder.Database);
        var waiters = new InstanceWaiters();
        loop = new(options, functions, loopReader, writer, waiters);
        Client = new EngineClient(loop, clientReader, waiters, options);
    }

    /// <summary>Starts, asks and steers orchestrations.</summary>
    public DurableTaskClient Client { get; }

    /// <summary>Takes hold of the folder and goes on where the last process ended.</summary>
    /// <exception cref="EngineFolderInUseException">Another process holds the folder.</exception>
    /// <exception cref="InvalidOperationException">The folder was written by a newer version.</exception>
    public static Task<DurableEngine> StartAsync(DurableEngineOptions options, DurableFunctions functions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Task.Run(
            () =>
            {
                var folder = EngineFolder.Hold(options.Folder);
                try
                {
                    return new DurableEngine(options, functions, folder);
                }
                catch
                {
                    folder.Dispose();
                    throw;
                }
            },
            cancellationToken);
    }

    /// <summary>Stops: running activities are cancelled and run again after the next start; everything else is on disk.</summary>
    public async ValueTask DisposeAsync()
    {
        await loop.DisposeAsync();
        await writer.CompleteAsync();
        writer.Dispose();
        store.Dispose();
        loopReader.Dispose();
        clientReader.Dispose();
        folder.Dispose();
    }
}
