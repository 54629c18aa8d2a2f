using Microsoft.Data.Sqlite;

namespace Orchestrator.Engine.Storage;

/// <summary>SQLite files that say which version of their schema they hold. A connection is its owner's own: not shared, not pooled.</summary>
public static class SqliteFile
{
    /// <summary>A connection that reads and writes; the first one makes the file and its schema.</summary>
    /// <param name="file">The file.</param>
    /// <param name="pragmas">What is set for the connection.</param>
    /// <param name="schema">The statements that make the schema.</param>
    /// <param name="version">The schema's version, from 1.</param>
    /// <exception cref="InvalidOperationException">The file was written by a newer version of this program.</exception>
    public static SqliteConnection Open(string file, string pragmas, string schema, long version)
    {
        var connection = Open(file, SqliteOpenMode.ReadWriteCreate);
        try
        {
            Execute(connection, pragmas);
            Prepare(connection, file, schema, version);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection that only reads a file that is there.</summary>
    public static SqliteConnection OpenReadOnly(string file) => Open(file, SqliteOpenMode.ReadOnly);

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    private static void Prepare(SqliteConnection connection, string file, string schema, long version)
    {
        using var asked = connection.CreateCommand();
        asked.CommandText = "PRAGMA user_version";
        var found = (long)asked.ExecuteScalar()!;
        if (found > version)
        {
            throw new InvalidOperationException($"'{file}' was written by a newer version of this program (schema {found}; this one knows {version}). Use that version, or another data folder.");
        }

        if (found == 0)
        {
            Execute(connection, $"BEGIN; {schema} PRAGMA user_version={version}; COMMIT;");
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
