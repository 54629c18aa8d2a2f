using Microsoft.AspNetCore.Http;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Changes;

namespace Orchestrator.Sandbox.Weights;

/// <summary>What callers change in blob storage.</summary>
internal sealed class BlobChanges(CloudState cloud, BlobStore store, string place)
{
    private const int MostWaiting = 100_000;

    public Task CreateContainerAsync(BlobCall call) => ChangeAsync(call, "PUT Container", StatusCodes.Status201Created, () =>
        store.TryCreate(call.Account, call.Container)
            ? null
            : throw new BlobException(409, "ContainerAlreadyExists", "The specified container already exists."));

    public async Task PutBlockAsync(BlobCall call)
    {
        var block = await store.KeepAsync(call.Query("blockid"), call.Http.Request.Body, call.Http.RequestAborted);
        await ChangeAsync(call, "PUT Block", StatusCodes.Status201Created, [block], () =>
        {
            var blob = Existing(call) ?? Add(call);
            if (blob.Waiting.Count >= MostWaiting)
            {
                throw new BlobException(409, "BlockCountExceedsLimit", "The uncommitted block count cannot exceed the maximum limit of 100,000 blocks.");
            }

            if ((blob.Committed ?? []).Concat(blob.Waiting.Values).FirstOrDefault(other => other.Id.Length > 0) is { } known && known.Id.Length != block.Id.Length)
            {
                throw new BlobException(400, "InvalidBlobOrBlock", "The specified blob or block content is invalid.");
            }

            if (blob.Waiting.Remove(block.Id, out var replaced))
            {
                BlobStore.Forget([replaced]);
            }

            blob.Waiting[block.Id] = block;
            return null;
        });
    }

    public async Task PutBlockListAsync(BlobCall call)
    {
        var list = await BlobXml.ReadListAsync(call.Http);
        await ChangeAsync(call, "PUT BlockList", StatusCodes.Status201Created, () =>
        {
            var blob = Existing(call);
            call.CheckConditions(blob);
            var committed = (blob?.Committed ?? []).DistinctBy(block => block.Id).ToDictionary(block => block.Id);
            BlobBlock[] blocks = [.. list.Select(entry => Find(blob, committed, entry.Where, entry.Id))];
            blob ??= Add(call);
            BlobStore.Forget(blob.Commit(blocks, call.Metadata(), ContentType(call), cloud.Now));
            return blob;
        });
    }

    public async Task PutBlobAsync(BlobCall call)
    {
        if (call.Http.Request.Headers["x-ms-blob-type"] != "BlockBlob")
        {
            throw new BlobException(400, "InvalidHeaderValue", "The simulated blob service has block blobs only.");
        }

        var content = await store.KeepAsync(string.Empty, call.Http.Request.Body, call.Http.RequestAborted);
        await ChangeAsync(call, "PUT Blob", StatusCodes.Status201Created, [content], () =>
        {
            var blob = Existing(call);
            call.CheckConditions(blob);
            blob ??= Add(call);
            BlobStore.Forget(blob.Commit([content], call.Metadata(), ContentType(call), cloud.Now));
            return blob;
        });
    }

    public Task PutMetadataAsync(BlobCall call) => ChangeAsync(call, "PUT Metadata", StatusCodes.Status200OK, () =>
    {
        var blob = Committed(call);
        call.CheckConditions(blob);
        blob.Describe(call.Metadata(), cloud.Now);
        return blob;
    });

    public Task DeleteAsync(BlobCall call) => ChangeAsync(call, "DELETE Blob", StatusCodes.Status202Accepted, () =>
    {
        var blob = Committed(call);
        call.CheckConditions(blob);
        Blobs(call).Remove(call.Blob);
        BlobStore.Forget([.. blob.Committed!, .. blob.Waiting.Values]);
        return null;
    });

    private Task ChangeAsync(BlobCall call, string kind, int status, Func<StoredBlob?> apply) => ChangeAsync(call, kind, status, [], apply);

    // A change that may not happen leaves nothing behind, and one that is refused neither.
    private Task ChangeAsync(BlobCall call, string kind, int status, IReadOnlyList<BlobBlock> brought, Func<StoredBlob?> apply)
    {
        var change = new Change(place, kind, call.Subject, null);
        if (!cloud.Changes.MayHappen(change))
        {
            BlobStore.Forget(brought);
            call.Http.Abort();
            return Task.CompletedTask;
        }

        try
        {
            lock (store.Turn)
            {
                if (apply() is { } blob)
                {
                    BlobServer.WriteVersion(call.Http.Response, blob);
                }
            }
        }
        catch (BlobException)
        {
            BlobStore.Forget(brought);
            throw;
        }

        cloud.Changes.Tell(change, hasEffect: true);
        cloud.External.Written(call.Subject);
        call.Http.Response.Headers["x-ms-request-server-encrypted"] = "true";
        call.Http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private SortedDictionary<string, StoredBlob> Blobs(BlobCall call) => store.Container(call.Account, call.Container) ?? throw BlobException.NoContainer();

    private StoredBlob? Existing(BlobCall call) => Blobs(call).GetValueOrDefault(call.Blob);

    private StoredBlob Committed(BlobCall call) => Existing(call) is { Committed: not null } blob ? blob : throw BlobException.NoBlob();

    private StoredBlob Add(BlobCall call) => Blobs(call)[call.Blob] = new(call.Blob);

    private static BlobBlock Find(StoredBlob? blob, Dictionary<string, BlobBlock> committed, string where, string id) =>
        where is "Latest" or "Uncommitted" && blob?.Waiting.GetValueOrDefault(id) is { } waiting ? waiting
        : where is "Latest" or "Committed" && committed.TryGetValue(id, out var block) ? block
        : throw new BlobException(400, "InvalidBlockList", "The specified block list is invalid.");

    private static string ContentType(BlobCall call) =>
        call.Http.Request.Headers["x-ms-blob-content-type"].FirstOrDefault() ?? "application/octet-stream";
}
