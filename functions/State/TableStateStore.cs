using Azure;
using Azure.Data.Tables;

namespace Orchestrator.Functions.State;

/// <summary>
/// The store in an Azure table: partition key = kind, row key = key, one property with the JSON.
/// </summary>
/// <param name="tables">The storage account's tables.</param>
public sealed class TableStateStore(TableServiceClient tables) : IStateStore
{
    private const string TableName = "OrchestratorState";
    private const string Content = "Json";

    private readonly TableClient table = tables.GetTableClient(TableName);
    private bool exists;

    /// <inheritdoc />
    public async Task<StateEntry?> ReadAsync(string kind, string key, CancellationToken cancellationToken)
    {
        await CreateAsync(cancellationToken);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(kind, key, cancellationToken: cancellationToken);
        return found.HasValue ? Entry(found.Value!) : null;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<StateEntry>> ListAsync(string kind, CancellationToken cancellationToken)
    {
        await CreateAsync(cancellationToken);
        var entries = new List<StateEntry>();
        await foreach (var entity in table.QueryAsync<TableEntity>(entity => entity.PartitionKey == kind, cancellationToken: cancellationToken))
        {
            entries.Add(Entry(entity));
        }

        return entries;
    }

    /// <inheritdoc />
    public async Task<bool> TryWriteAsync(string kind, string key, string json, string? version, CancellationToken cancellationToken)
    {
        StateLimits.Check(kind, key, json);
        await CreateAsync(cancellationToken);
        var entity = new TableEntity(kind, key) { [Content] = json };
        return await IsQuickestAsync(() => version is null
            ? table.AddEntityAsync(entity, cancellationToken)
            : table.UpdateEntityAsync(entity, new ETag(version), TableUpdateMode.Replace, cancellationToken));
    }

    /// <inheritdoc />
    public async Task<bool> TryDeleteAsync(string kind, string key, string version, CancellationToken cancellationToken)
    {
        await CreateAsync(cancellationToken);
        return await IsQuickestAsync(() => table.DeleteEntityAsync(kind, key, new ETag(version), cancellationToken));
    }

    private static StateEntry Entry(TableEntity entity) => new(entity.RowKey, entity.GetString(Content), entity.ETag.ToString());

    private static async Task<bool> IsQuickestAsync(Func<Task<Response>> write)
    {
        try
        {
            // Deleting what is not there is answered, not thrown.
            return !(await write()).IsError;
        }
        catch (RequestFailedException other) when (other.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        // Two at once do no harm: the table is there afterwards.
        if (!exists)
        {
            await table.CreateIfNotExistsAsync(cancellationToken);
            exists = true;
        }
    }
}
