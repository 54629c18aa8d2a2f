using System.Text.Json;
using Microsoft.Data.Sqlite;
using Orchestrator.Engine.History;

namespace Orchestrator.Engine.Storage;

/// <summary>Writes batches, each in one transaction with prepared statements.</summary>
internal sealed class BatchStore : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand putInstance;
    private readonly SqliteCommand dropInstance;
    private readonly SqliteCommand putEpisode;
    private readonly SqliteCommand dropEpisodes;
    private readonly SqliteCommand putInbox;
    private readonly SqliteCommand dropInbox;

    public BatchStore(string file)
    {
        connection = EngineDatabase.Open(file, readOnly: false);
        var columns = InstanceColumns.All.Split(", ");
        putInstance = Prepare($"INSERT OR REPLACE INTO instances ({InstanceColumns.All}) VALUES ({string.Join(", ", columns.Select(column => "$" + column))})", columns);
        dropInstance = Prepare("DELETE FROM instances WHERE id = $id", "id");
        putEpisode = Prepare("INSERT INTO episodes (execution, number, content) VALUES ($execution, $number, $content)", "execution", "number", "content");
        dropEpisodes = Prepare("DELETE FROM episodes WHERE execution = $execution", "execution");
        putInbox = Prepare("INSERT INTO inbox (key, target, execution, event) VALUES ($key, $target, $execution, $event)", "key", "target", "execution", "event");
        dropInbox = Prepare("DELETE FROM inbox WHERE key = $key", "key");
    }

    /// <summary>Writes the batch. It is on disk when this returns.</summary>
    public void Write(Batch batch)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        foreach (var execution in batch.ForgottenExecutions)
        {
            Run(dropEpisodes, transaction, execution);
        }

        foreach (var id in batch.Purged)
        {
            Run(dropInstance, transaction, id);
        }

        foreach (var (execution, number, episode) in batch.Episodes)
        {
            Run(putEpisode, transaction, execution, number, episode.Write());
        }

        foreach (var row in batch.Instances.Values)
        {
            InstanceColumns.Bind(putInstance.Parameters, row);
            putInstance.Transaction = transaction;
            putInstance.ExecuteNonQuery();
        }

        foreach (var sent in batch.Sent.Values)
        {
            Run(putInbox, transaction, sent.Key, sent.Target, sent.Execution, JsonSerializer.Serialize(sent.Event, HistoryJson.Default.HistoryEvent));
        }

        foreach (var key in batch.Received)
        {
            Run(dropInbox, transaction, key);
        }

        transaction.Commit();
    }

    public void Dispose()
    {
        foreach (var command in new[] { putInstance, dropInstance, putEpisode, dropEpisodes, putInbox, dropInbox })
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private static void Run(SqliteCommand command, SqliteTransaction transaction, params ReadOnlySpan<object> values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters[index].Value = values[index];
        }

        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }

    private SqliteCommand Prepare(string sql, params string[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = "$" + parameter });
        }

        return command;
    }
}
