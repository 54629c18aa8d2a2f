using System.Globalization;
using Microsoft.Data.Sqlite;
using Orchestrator.Engine.Storage;
using Orchestrator.Functions.State;

namespace Orchestrator.Local.State;

/// <summary>The store in a SQLite file of its own beside the engine's.</summary>
internal sealed class SqliteStateStore : IStateStore, IDisposable
{
    private const long SchemaVersion = 1;
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";
    private const string Schema = "CREATE TABLE state (kind TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;";

    private readonly SqliteConnection connection;
    private readonly SemaphoreSlim turn = new(1, 1);

    private SqliteStateStore(SqliteConnection connection) => this.connection = connection;

    /// <summary>Opens the file, and makes it when it is not there.</summary>
    /// <exception cref="InvalidOperationException">It was written by a newer version of this program.</exception>
    public static SqliteStateStore Open(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        return new(SqliteFile.Open(file, Pragmas, Schema, SchemaVersion));
    }

    /// <inheritdoc />
    public async Task<StateEntry?> ReadAsync(string kind, string key, CancellationToken cancellationToken) =>
        (await QueryAsync("SELECT key, json, version FROM state WHERE kind = $kind AND key = $key", kind, key, cancellationToken)).FirstOrDefault();

    /// <inheritdoc />
    public async Task<IReadOnlyList<StateEntry>> ListAsync(string kind, CancellationToken cancellationToken) =>
        await QueryAsync("SELECT key, json, version FROM state WHERE kind = $kind ORDER BY key", kind, string.Empty, cancellationToken);

    /// <inheritdoc />
    public Task<bool> TryWriteAsync(string kind, string key, string json, string? version, CancellationToken cancellationToken) => version is null
        ? ChangeAsync("INSERT INTO state (kind, key, json, version) VALUES ($kind, $key, $json, 1) ON CONFLICT DO NOTHING", kind, key, json, null, cancellationToken)
        : ChangeAsync("UPDATE state SET json = $json, version = version + 1 WHERE kind = $kind AND key = $key AND version = $version", kind, key, json, version, cancellationToken);

    /// <inheritdoc />
    public Task<bool> TryDeleteAsync(string kind, string key, string version, CancellationToken cancellationToken) =>
        ChangeAsync("DELETE FROM state WHERE kind = $kind AND key = $key AND version = $version", kind, key, null, version, cancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        connection.Dispose();
        turn.Dispose();
    }

    private async Task<List<StateEntry>> QueryAsync(string sql, string kind, string key, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            using var command = Command(sql, kind, key);
            using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var entries = new List<StateEntry>();
            while (await reader.ReadAsync(cancellationToken))
            {
                entries.Add(new(reader.GetString(0), reader.GetString(1), reader.GetInt64(2).ToString(CultureInfo.InvariantCulture)));
            }

            return entries;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<bool> ChangeAsync(string sql, string kind, string key, string? json, string? version, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            using var command = Command(sql, kind, key);
            command.Parameters.AddWithValue("$json", json ?? string.Empty);
            command.Parameters.AddWithValue("$version", version is null ? 0 : long.Parse(version, CultureInfo.InvariantCulture));
            return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
        }
        finally
        {
            turn.Release();
        }
    }

    private SqliteCommand Command(string sql, string kind, string key)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$kind", kind);
        command.Parameters.AddWithValue("$key", key);
        return command;
    }
}
