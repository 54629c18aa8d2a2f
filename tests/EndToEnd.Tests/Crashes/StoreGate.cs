using Microsoft.Data.Sqlite;
using Orchestrator.Core.Lanes;
using Orchestrator.Core.Names;
using Orchestrator.Engine.Storage;
using Orchestrator.Functions.Lanes;
using Orchestrator.Local.State;

namespace Orchestrator.EndToEnd.Tests.Crashes;

/// <summary>
/// Holds a process at what it writes to its own files, by SQLite's own locks: it can be killed before it has changed a lane, and
/// when it has changed one and its engine has not taken note of that yet.
/// </summary>
internal sealed class StoreGate(string dataFolder) : IDisposable
{
    private readonly SqliteStateStore store = SqliteStateStore.Open(Path.Combine(dataFolder, "state.db"));
    private SqliteConnection? state;
    private SqliteConnection? engine;

    /// <summary>Lets nobody write to the state store.</summary>
    public void HoldState() => state = Hold("state.db");

    /// <summary>Lets the engine take note of nothing.</summary>
    public void HoldEngine() => engine = Hold("engine.db");

    public void LetGoOfState() => state?.Dispose();

    public void LetGoOfEngine() => engine?.Dispose();

    /// <summary>Waits until the engine has an activity to run.</summary>
    public async Task UntilAskedForAsync(string activity)
    {
        using var reader = SqliteFile.OpenReadOnly(Path.Combine(dataFolder, "engine.db"));
        using var asked = reader.CreateCommand();
        asked.CommandText = "SELECT EXISTS (SELECT 1 FROM episodes WHERE instr(CAST(content AS TEXT), $activity))";
        asked.Parameters.AddWithValue("$activity", $"\"{activity}\"");
        await UntilAsync(() => Task.FromResult((long)asked.ExecuteScalar()! == 1));
    }

    /// <summary>Waits until a lane is so.</summary>
    public Task UntilAsync(string stack, string environment, Func<Lane, bool> isSo)
    {
        var lanes = new LaneStore(store);
        return UntilAsync(async () => isSo(await lanes.ReadAsync(Identifier.Parse<StackName>(stack), Identifier.Parse<EnvironmentName>(environment), TestContext.Current.CancellationToken)));
    }

    public void Dispose()
    {
        LetGoOfState();
        LetGoOfEngine();
        store.Dispose();
    }

    private static async Task UntilAsync(Func<Task<bool>> isSoAsync)
    {
        while (!await isSoAsync())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private SqliteConnection Hold(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(dataFolder, file), Pooling = false }.ConnectionString);
        connection.Open();
        using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        begin.ExecuteNonQuery();
        return connection;
    }
}
