using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;
using Orchestrator.Engine.History;

namespace Orchestrator.Engine.Storage;

/// <summary>Reads what has been committed. One call at a time.</summary>
internal sealed class EngineReader(string file) : IDisposable
{
    private readonly SqliteConnection connection = EngineDatabase.Open(file, readOnly: true);
    private readonly Lock turn = new();

    public InstanceRow? Find(string id, bool withData) =>
        Rows($"SELECT {Columns(withData)} FROM instances WHERE id = $id", ("$id", id)).FirstOrDefault();

    /// <summary>Every orchestration that has not ended.</summary>
    public IReadOnlyList<InstanceRow> Unfinished() =>
        Rows($"SELECT {InstanceColumns.All} FROM instances WHERE status NOT IN (1, 3, 5)");

    /// <summary>A page of orchestrations by id, beginning behind <paramref name="after"/>.</summary>
    public IReadOnlyList<InstanceRow> List(OrchestrationQuery query, string after, int size)
    {
        var conditions = new List<string> { "id > $after" };
        var parameters = new List<(string, object)> { ("$after", after), ("$size", size) };
        Add(query.CreatedFrom?.UtcTicks, "created >= $from", "$from");
        Add(query.CreatedTo?.UtcTicks, "created <= $to", "$to");
        if (query.InstanceIdPrefix is { Length: > 0 } prefix)
        {
            Add(prefix, "id >= $prefix", "$prefix");
            Add(prefix + '\uffff', "id < $end", "$end");
        }

        if (query.Statuses?.ToArray() is { Length: > 0 } statuses)
        {
            conditions.Add($"status IN ({string.Join(", ", statuses.Select(status => (int)status))})");
        }

        return Rows(
            $"SELECT {Columns(query.FetchInputsAndOutputs)} FROM instances WHERE {string.Join(" AND ", conditions)} ORDER BY id LIMIT $size",
            [.. parameters]);

        void Add(object? value, string condition, string parameter)
        {
            if (value is not null)
            {
                conditions.Add(condition);
                parameters.Add((parameter, value));
            }
        }
    }

    /// <summary>The history of an execution.</summary>
    public List<Episode> Episodes(long execution)
    {
        lock (turn)
        {
            using var command = Command("SELECT content FROM episodes WHERE execution = $execution ORDER BY number", ("$execution", execution));
            using var rows = command.ExecuteReader();
            var episodes = new List<Episode>();
            while (rows.Read())
            {
                episodes.Add(Episode.Read(rows.GetFieldValue<byte[]>(0)));
            }

            return episodes;
        }
    }

    public IReadOnlyList<InboxRow> Inbox()
    {
        lock (turn)
        {
            using var command = Command("SELECT key, target, execution, event FROM inbox ORDER BY key");
            using var rows = command.ExecuteReader();
            var inbox = new List<InboxRow>();
            while (rows.Read())
            {
                inbox.Add(new(rows.GetInt64(0), rows.GetString(1), rows.GetInt64(2), JsonSerializer.Deserialize(rows.GetString(3), HistoryJson.Default.HistoryEvent)!));
            }

            return inbox;
        }
    }

    /// <summary>The largest execution number that has been given out.</summary>
    public long LastExecution()
    {
        lock (turn)
        {
            using var command = Command("SELECT max(coalesce((SELECT max(execution) FROM instances), 0), coalesce((SELECT max(execution) FROM episodes), 0))");
            return (long)command.ExecuteScalar()!;
        }
    }

    public void Dispose() => connection.Dispose();

    private static string Columns(bool withData) => withData ? InstanceColumns.All : InstanceColumns.WithoutData;

    private List<InstanceRow> Rows(string sql, params (string Name, object Value)[] parameters)
    {
        lock (turn)
        {
            using var command = Command(sql, parameters);
            using var rows = command.ExecuteReader();
            var found = new List<InstanceRow>();
            while (rows.Read())
            {
                found.Add(InstanceColumns.Read(rows));
            }

            return found;
        }
    }

    private SqliteCommand Command(string sql, params (string Name, object Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
