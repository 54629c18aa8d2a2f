using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Orchestrator.Functions.Weights;
using Orchestrator.Sandbox.Weights;

namespace Orchestrator.EndToEnd.Tests.Weights;

/// <summary>A file comes from a hub into a region's storage, against Microsoft's emulator as against the sandbox.</summary>
public sealed class StagingTests(AzuriteBlobs azurite) : IClassFixture<AzuriteBlobs>
{
    private const long Size = 12_345;

    [Theory]
    [InlineData(StorageKind.Sandbox, 0, true)]
    [InlineData(StorageKind.Sandbox, 1, false)]
    [InlineData(StorageKind.Sandbox, 1_000, true)]
    [InlineData(StorageKind.Sandbox, 4_000, true)]
    [InlineData(StorageKind.Sandbox, Size, false)]
    [InlineData(StorageKind.Azurite, 0, true)]
    [InlineData(StorageKind.Azurite, 1, false)]
    [InlineData(StorageKind.Azurite, 4_000, true)]
    [InlineData(StorageKind.Azurite, Size, true)]
    public async Task A_file_of_whatever_size_arrives_whole(StorageKind kind, long size, bool isLarge)
    {
        await using var world = await WeightsWorld.StartAsync(kind, azurite);
        var weights = world.Publish(new HubFile("deep/the model.safetensors", HubContent.Generated(size, 7), isLarge));

        (await world.StageAsync(weights)).ShouldBe(new StagingResult.Verified());

        (await world.FindAsync(weights)).ShouldBe(weights.Files[0].Sha256);
        (await world.BlobsAsync(weights)).ShouldBe(["deep/the model.safetensors"]);
    }

    [Theory]
    [InlineData(StorageKind.Sandbox)]
    [InlineData(StorageKind.Azurite)]
    public async Task A_verified_file_is_not_read_again(StorageKind kind)
    {
        await using var world = await WeightsWorld.StartAsync(kind, azurite);
        var weights = world.Publish(Size);
        await world.StageAsync(weights);
        var (requests, asked) = (world.Hub.Requests, 0);
        world.Storage.Sending = (_, _) => Task.FromResult(asked++);

        (await world.StageAsync(weights)).ShouldBe(new StagingResult.Verified());

        world.Hub.Requests.ShouldBe(requests);
        asked.ShouldBe(1, "its properties are looked at");
    }

    [Theory]
    [InlineData(StorageKind.Sandbox)]
    [InlineData(StorageKind.Azurite)]
    public async Task When_the_budget_ends_what_has_come_is_kept_and_the_next_slice_goes_on_from_there(StorageKind kind)
    {
        await using var world = await WeightsWorld.StartAsync(kind, azurite);
        var weights = world.Publish(1_000_000);
        var results = new List<StagingResult>();
        do
        {
            var blocks = 0;
            world.Storage.Sending = (request, _) =>
            {
                // The time is over with the third block of every slice.
                if (RequestHook.IsBlock(request) && Interlocked.Increment(ref blocks) == 3)
                {
                    world.Time.Advance(WeightsWorld.Budget);
                }

                return Task.CompletedTask;
            };
            results.Add(await world.Stager(blockSize: 100_000).StageAsync(weights, weights.Files[0], WeightsWorld.Budget, TestContext.Current.CancellationToken));
            if (results[^1] is StagingResult.Progress(var bytes))
            {
                var blob = (await world.Container.GetBlobClient($"{weights.Digest()}/model.safetensors").GetPropertiesAsync(cancellationToken: TestContext.Current.CancellationToken)).Value;
                (blob.ContentLength, blob.Metadata["state"]).ShouldBe((bytes, "partial"));
            }
        }
        while (results[^1] is StagingResult.Progress);

        results[^1].ShouldBe(new StagingResult.Verified());
        var steps = results.OfType<StagingResult.Progress>().Select(progress => progress.Bytes).ToArray();
        steps.ShouldNotBeEmpty();
        steps.SequenceEqual(steps.Distinct().Order()).ShouldBeTrue("every slice comes further");
        (await world.FindAsync(weights)).ShouldBe(weights.Files[0].Sha256);
    }

    [Theory]
    [InlineData(StorageKind.Sandbox)]
    [InlineData(StorageKind.Azurite)]
    public async Task Of_a_file_with_one_wrong_byte_nothing_is_kept(StorageKind kind)
    {
        await using var world = await WeightsWorld.StartAsync(kind, azurite);
        var weights = world.Publish(Size);
        world.Hub.SetFault("model.safetensors", new() { FlippedAt = Size - 1 });

        var mismatch = (await world.StageAsync(weights)).ShouldBeOfType<StagingResult.Mismatch>();

        mismatch.Expected.ShouldBe(weights.Files[0].Sha256);
        mismatch.Found.ShouldNotBe(weights.Files[0].Sha256);
        (await world.BlobsAsync(weights)).ShouldBeEmpty();
        (await world.Folder(weights).CompleteAsync(TestContext.Current.CancellationToken)).ShouldBeOfType<FolderResult.Incomplete>().Paths.ShouldBe(["model.safetensors"]);
        (await world.Folder(weights).IsCompleteAsync(TestContext.Current.CancellationToken)).ShouldBeFalse();
        await Should.ThrowAsync<Azure.RequestFailedException>(() => world.Container.GetBlockBlobClient($"{weights.Digest()}/model.safetensors").GetBlockListAsync(BlockListTypes.All, cancellationToken: TestContext.Current.CancellationToken), "not even blocks wait");

        world.Hub.ClearFault("model.safetensors");
        (await world.StageAsync(weights)).ShouldBe(new StagingResult.Verified());
        (await world.FindAsync(weights)).ShouldBe(weights.Files[0].Sha256);
    }

    [Theory]
    [InlineData(StorageKind.Sandbox)]
    [InlineData(StorageKind.Azurite)]
    public async Task What_is_staged_already_counts_too_when_it_was_spoiled_in_storage(StorageKind kind)
    {
        await using var world = await WeightsWorld.StartAsync(kind, azurite);
        var weights = world.Publish(Size);
        var blob = world.Container.GetBlobClient($"{weights.Digest()}/model.safetensors");
        await blob.UploadAsync(BinaryData.FromBytes(new byte[5_000]), new BlobUploadOptions { Metadata = new Dictionary<string, string> { ["state"] = "partial", ["sha256"] = weights.Files[0].Sha256.Value } }, TestContext.Current.CancellationToken);

        (await world.StageAsync(weights)).ShouldBeOfType<StagingResult.Mismatch>();

        (await world.BlobsAsync(weights)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(StorageKind.Sandbox)]
    [InlineData(StorageKind.Azurite)]
    public async Task A_blob_of_somebody_else_is_replaced(StorageKind kind)
    {
        await using var world = await WeightsWorld.StartAsync(kind, azurite);
        var weights = world.Publish(Size);
        await world.Container.GetBlobClient($"{weights.Digest()}/model.safetensors").UploadAsync(BinaryData.FromString("something else"), TestContext.Current.CancellationToken);

        (await world.StageAsync(weights)).ShouldBe(new StagingResult.Verified());

        (await world.FindAsync(weights)).ShouldBe(weights.Files[0].Sha256);
    }
}
