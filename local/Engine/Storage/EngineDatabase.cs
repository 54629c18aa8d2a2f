using Microsoft.Data.Sqlite;

namespace Orchestrator.Engine.Storage;

/// <summary>The engine's SQLite file: its schema, and connections to it.</summary>
internal static class EngineDatabase
{
    private const long SchemaVersion = 1;

    // FULL: what has been acknowledged survives a power cut too. Commits are batched, so a sync is shared by many.
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-32000;";

    private const string Schema = """
        CREATE TABLE instances (
          id TEXT PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL, execution INTEGER NOT NULL, status INTEGER NOT NULL,
          created INTEGER NOT NULL, updated INTEGER NOT NULL, start_at INTEGER NOT NULL, input TEXT, output TEXT, custom_status TEXT, failure TEXT,
          parent_id TEXT, parent_name TEXT, parent_execution INTEGER NOT NULL, parent_task INTEGER NOT NULL, tags TEXT) WITHOUT ROWID;
        CREATE INDEX instances_by_status ON instances (status) WHERE status NOT IN (1, 3, 5);
        CREATE TABLE episodes (execution INTEGER NOT NULL, number INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (execution, number)) WITHOUT ROWID;
        CREATE TABLE inbox (key INTEGER PRIMARY KEY, target TEXT NOT NULL, execution INTEGER NOT NULL, event TEXT NOT NULL);
        """;

    /// <summary>A connection; the first one makes the file.</summary>
    /// <exception cref="InvalidOperationException">The file was written by a newer engine.</exception>
    public static SqliteConnection Open(string file, bool readOnly) => readOnly
        ? SqliteFile.OpenReadOnly(file)
        : SqliteFile.Open(file, Pragmas, Schema, SchemaVersion);
}
