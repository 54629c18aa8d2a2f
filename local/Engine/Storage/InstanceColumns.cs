using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;
using Orchestrator.Engine.History;

namespace Orchestrator.Engine.Storage;

/// <summary>Instance rows to columns and back.</summary>
internal static class InstanceColumns
{
    public const string All =
        "id, name, version, execution, status, created, updated, start_at, input, output, custom_status, failure, parent_id, parent_name, parent_execution, parent_task, tags";

    // What a caller that wants no inputs and outputs does not wait for.
    public const string WithoutData =
        "id, name, version, execution, status, created, updated, start_at, NULL, NULL, NULL, failure, parent_id, parent_name, parent_execution, parent_task, tags";

    public static InstanceRow Read(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        Name = row.GetString(1),
        Version = row.GetString(2),
        Execution = row.GetInt64(3),
        Status = (OrchestrationRuntimeStatus)row.GetInt32(4),
        CreatedAt = row.GetInt64(5),
        UpdatedAt = row.GetInt64(6),
        StartAt = row.GetInt64(7),
        Input = Text(row, 8),
        Output = Text(row, 9),
        CustomStatus = Text(row, 10),
        Failure = Text(row, 11) is { } failure ? JsonSerializer.Deserialize(failure, HistoryJson.Default.Failure) : null,
        ParentId = Text(row, 12),
        ParentName = Text(row, 13),
        ParentExecution = row.GetInt64(14),
        ParentTask = row.GetInt32(15),
        Tags = Text(row, 16) is { } tags ? JsonSerializer.Deserialize(tags, HistoryJson.Default.IReadOnlyDictionaryStringString) : null,
    };

    public static void Bind(SqliteParameterCollection to, InstanceRow row)
    {
        Span<object?> values =
        [
            row.Id, row.Name, row.Version, row.Execution, (int)row.Status, row.CreatedAt, row.UpdatedAt, row.StartAt,
            row.Input, row.Output, row.CustomStatus,
            row.Failure is null ? null : JsonSerializer.Serialize(row.Failure, HistoryJson.Default.Failure),
            row.ParentId, row.ParentName, row.ParentExecution, row.ParentTask,
            row.Tags is { Count: > 0 } ? JsonSerializer.Serialize(row.Tags, HistoryJson.Default.IReadOnlyDictionaryStringString) : null,
        ];
        for (var index = 0; index < values.Length; index++)
        {
            to[index].Value = values[index] ?? DBNull.Value;
        }
    }

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
