using System.Globalization;
using Microsoft.Data.Sqlite;
using Orchestrator.Engine.Storage;
using Orchestrator.Functions.State;

namespace Orchestrator.Local.State;

/// <summary>The store in a SQLite file of its own beside the engine's. Who reads does not wait for who writes.</summary>
internal sealed class SqliteStateStore : IStateStore, IDisposable
{
    private const long SchemaVersion = 1;
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";
    private const string Schema = "CREATE TABLE state (kind TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;";

    private readonly SqliteConnection writer;
    private readonly SqliteConnection reader;
    private readonly SemaphoreSlim writerTurn = new(1, 1);
    private readonly SemaphoreSlim readerTurn = new(1, 1);

    private SqliteStateStore(SqliteConnection writer, SqliteConnection reader)
    {
        this.writer = writer;
        this.reader = reader;
    }

    /// <summary>Opens the file, and makes it when it is not there.</summary>
    /// <exception cref="InvalidOperationException">It was written by a newer version of this program.</exception>
    public static SqliteStateStore Open(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        return new(SqliteFile.Open(file, Pragmas, Schema, SchemaVersion), SqliteFile.OpenReadOnly(file));
    }

    /// <inheritdoc />
    public async Task<StateEntry?> ReadAsync(string kind, string key, CancellationToken cancellationToken) =>
        (await QueryAsync("SELECT key, json, version FROM state WHERE kind = $kind AND key = $key", kind, key, cancellationToken)).FirstOrDefault();

    /// <inheritdoc />
    public async Task<IReadOnlyList<StateEntry>> ListAsync(string kind, CancellationToken cancellationToken) =>
        await QueryAsync("SELECT key, json, version FROM state WHERE kind = $kind ORDER BY key", kind, string.Empty, cancellationToken);

    /// <inheritdoc />
    public Task<bool> TryWriteAsync(string kind, string key, string json, string? version, CancellationToken cancellationToken)
    {
        StateLimits.Check(kind, key, json);
        return version is null
            ? ChangeAsync("INSERT INTO state (kind, key, json, version) VALUES ($kind, $key, $json, 1) ON CONFLICT DO NOTHING", kind, key, json, null, cancellationToken)
            : ChangeAsync("UPDATE state SET json = $json, version = version + 1 WHERE kind = $kind AND key = $key AND version = $version", kind, key, json, version, cancellationToken);
    }

    /// <inheritdoc />
    public Task<bool> TryDeleteAsync(string kind, string key, string version, CancellationToken cancellationToken) =>
        ChangeAsync("DELETE FROM state WHERE kind = $kind AND key = $key AND version = $version", kind, key, null, version, cancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        writer.Dispose();
        reader.Dispose();
        writerTurn.Dispose();
        readerTurn.Dispose();
    }

    private async Task<List<StateEntry>> QueryAsync(string sql, string kind, string key, CancellationToken cancellationToken)
    {
        await readerTurn.WaitAsync(cancellationToken);
        try
        {
            using var command = Command(reader, sql, kind, key);
            using var rows = await command.ExecuteReaderAsync(cancellationToken);
            var entries = new List<StateEntry>();
            while (await rows.ReadAsync(cancellationToken))
            {
                entries.Add(new(rows.GetString(0), rows.GetString(1), rows.GetInt64(2).ToString(CultureInfo.InvariantCulture)));
            }

            return entries;
        }
        finally
        {
            readerTurn.Release();
        }
    }

    private async Task<bool> ChangeAsync(string sql, string kind, string key, string? json, string? version, CancellationToken cancellationToken)
    {
        await writerTurn.WaitAsync(cancellationToken);
        try
        {
            using var command = Command(writer, sql, kind, key);
            command.Parameters.AddWithValue("$json", json ?? string.Empty);
            command.Parameters.AddWithValue("$version", version is null ? 0 : long.Parse(version, CultureInfo.InvariantCulture));
            return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
        }
        finally
        {
            writerTurn.Release();
        }
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, string kind, string key)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$kind", kind);
        command.Parameters.AddWithValue("$key", key);
        return command;
    }
}
