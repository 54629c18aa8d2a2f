using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Orchestrator.EndToEnd.Tests.Weights;

/// <summary>The simulated storage answers the real client as Microsoft's own emulator does, where staging depends on it.</summary>
public sealed class StorageContractTests(AzuriteBlobs azurite) : IClassFixture<AzuriteBlobs>
{
    [Theory]
    [InlineData(StorageKind.Sandbox)]
    [InlineData(StorageKind.Azurite)]
    public async Task Only_who_has_seen_the_latest_version_may_commit(StorageKind kind)
    {
        await using var world = await WeightsWorld.StartAsync(kind, azurite);
        var blob = world.Container.GetBlockBlobClient("folder/a blob");
        var first = await CommitAsync(blob, "one", new() { IfNoneMatch = ETag.All });

        (await Should.ThrowAsync<RequestFailedException>(() => CommitAsync(blob, "two", new() { IfNoneMatch = ETag.All }))).ErrorCode.ShouldBe(BlobErrorCode.BlobAlreadyExists.ToString());
        var second = await CommitAsync(blob, "three", new() { IfMatch = first });
        second.ShouldNotBe(first);
        (await Should.ThrowAsync<RequestFailedException>(() => CommitAsync(blob, "four", new() { IfMatch = first }))).Status.ShouldBe(412);

        (await blob.DownloadContentAsync(Token)).Value.Content.ToString().ShouldBe("three");
        (await Should.ThrowAsync<RequestFailedException>(() => blob.DeleteAsync(conditions: new() { IfMatch = first }, cancellationToken: Token))).Status.ShouldBe(412);
        await blob.DeleteAsync(conditions: new() { IfMatch = second }, cancellationToken: Token);
        (await blob.ExistsAsync(Token)).Value.ShouldBeFalse();
    }

    [Theory]
    [InlineData(StorageKind.Sandbox)]
    [InlineData(StorageKind.Azurite)]
    public async Task A_commit_takes_blocks_that_wait_and_blocks_that_are_there_and_drops_all_others(StorageKind kind)
    {
        await using var world = await WeightsWorld.StartAsync(kind, azurite);
        var blob = world.Container.GetBlockBlobClient("blob");
        await StageAsync(blob, "a", "A");
        await StageAsync(blob, "b", "B");
        await blob.CommitBlockListAsync([Id("a"), Id("b")], cancellationToken: Token);
        await StageAsync(blob, "c", "C");
        await StageAsync(blob, "d", "D");

        await blob.CommitBlockListAsync([Id("c"), Id("a")], cancellationToken: Token);

        (await blob.DownloadContentAsync(Token)).Value.Content.ToString().ShouldBe("CA");
        var list = (await blob.GetBlockListAsync(BlockListTypes.All, cancellationToken: Token)).Value;
        list.CommittedBlocks.Select(block => (block.Name, block.SizeLong)).ShouldBe([(Id("c"), 1L), (Id("a"), 1L)]);
        list.UncommittedBlocks.ShouldBeEmpty();
        (await Should.ThrowAsync<RequestFailedException>(() => blob.CommitBlockListAsync([Id("d")], cancellationToken: Token))).ErrorCode.ShouldBe(BlobErrorCode.InvalidBlockList.ToString());
    }

    [Theory]
    [InlineData(StorageKind.Sandbox)]
    [InlineData(StorageKind.Azurite)]
    public async Task A_range_is_read_across_blocks_and_one_beyond_the_end_is_refused(StorageKind kind)
    {
        await using var world = await WeightsWorld.StartAsync(kind, azurite);
        var blob = world.Container.GetBlockBlobClient("blob");
        await StageAsync(blob, "a", "01234");
        await StageAsync(blob, "b", "56789");
        await blob.CommitBlockListAsync([Id("a"), Id("b")], cancellationToken: Token);

        (await blob.DownloadContentAsync(new BlobDownloadOptions { Range = new(3, 4) }, Token)).Value.Content.ToString().ShouldBe("3456");
        (await blob.DownloadContentAsync(new BlobDownloadOptions { Range = new(8, 40) }, Token)).Value.Content.ToString().ShouldBe("89");
        if (kind == StorageKind.Sandbox)
        {
            // Azure refuses this (REST reference, "Get Blob": InvalidRange); its emulator answers with nothing.
            (await Should.ThrowAsync<RequestFailedException>(() => blob.DownloadContentAsync(new BlobDownloadOptions { Range = new(10, 1) }, Token))).Status.ShouldBe(416);
        }
    }

    [Theory]
    [InlineData(StorageKind.Sandbox)]
    [InlineData(StorageKind.Azurite)]
    public async Task Lists_come_in_pages_with_metadata_and_without_what_was_never_committed(StorageKind kind)
    {
        await using var world = await WeightsWorld.StartAsync(kind, azurite);
        foreach (var name in new[] { "a/1", "a/2", "a/3", "b/1" })
        {
            await world.Container.GetBlobClient(name).UploadAsync(BinaryData.FromString(name), new BlobUploadOptions { Metadata = new Dictionary<string, string> { ["word"] = name } }, Token);
        }

        await StageAsync(world.Container.GetBlockBlobClient("a/4"), "a", "A");
        var pages = new List<string>();
        await foreach (var page in world.Container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, "a/", Token).AsPages(pageSizeHint: 2))
        {
            pages.Add(string.Join(' ', page.Values.Select(blob => $"{blob.Name}={blob.Metadata["word"]},{blob.Properties.ContentLength}")));
        }

        pages.ShouldBe(["a/1=a/1,3 a/2=a/2,3", "a/3=a/3,3"]);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Id(string name) => Convert.ToBase64String([(byte)name[0]]);

    private static Task StageAsync(BlockBlobClient blob, string id, string content) =>
        blob.StageBlockAsync(Id(id), BinaryData.FromString(content).ToStream(), cancellationToken: Token);

    private static async Task<ETag> CommitAsync(BlockBlobClient blob, string content, BlobRequestConditions conditions)
    {
        await StageAsync(blob, content, content);
        return (await blob.CommitBlockListAsync([Id(content)], new() { Conditions = conditions }, Token)).Value.ETag;
    }
}
