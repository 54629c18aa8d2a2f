using Microsoft.Data.Sqlite;

namespace Orchestrator.Benchmarks;

/// <summary>The bare app's deliveries: a row and a commit each.</summary>
internal sealed class BareDeliveries : IDisposable
{
    private readonly Lock turn = new();
    private readonly SqliteConnection connection;

    public BareDeliveries(string database)
    {
        connection = new($"Data Source={database};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE deliveries (id TEXT PRIMARY KEY, body BLOB)";
        command.ExecuteNonQuery();
    }

    public void Add(string id, byte[] body)
    {
        lock (turn)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO deliveries VALUES ($id, $body)";
            command.Parameters.AddWithValue("$id", id);
            command.Parameters.AddWithValue("$body", body);
            command.ExecuteNonQuery();
        }
    }

    public void Dispose() => connection.Dispose();
}
