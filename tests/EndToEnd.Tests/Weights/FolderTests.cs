using System.Text;
using Orchestrator.Core.Releases;
using Orchestrator.Functions.Weights;
using Orchestrator.Sandbox.Weights;

namespace Orchestrator.EndToEnd.Tests.Weights;

/// <summary>A folder of weights is marked when every file is verified, and only then.</summary>
public sealed class FolderTests(AzuriteBlobs azurite) : IClassFixture<AzuriteBlobs>
{
    private const string Index = """{"metadata":{"total_size":11000},"weight_map":{"a.weight":"model-1.safetensors","b.weight":"model-2.safetensors"}}""";

    [Theory]
    [InlineData(StorageKind.Sandbox)]
    [InlineData(StorageKind.Azurite)]
    public async Task The_marker_comes_last_and_lists_what_was_verified(StorageKind kind)
    {
        await using var world = await WeightsWorld.StartAsync(kind, azurite);
        var weights = Publish(world, Index);
        var folder = world.Folder(weights);
        foreach (var (file, number) in weights.Files.Select((file, number) => (file, number)))
        {
            (await folder.CompleteAsync(Token)).ShouldBeOfType<FolderResult.Incomplete>().Paths.ShouldBe(weights.Files.Skip(number).Select(left => left.Path));
            (await folder.IsCompleteAsync(Token)).ShouldBeFalse();
            (await world.BlobsAsync(weights)).ShouldNotContain(WeightsRules.MarkerPath);
            (await world.Stager().StageAsync(weights, file, WeightsWorld.Budget, Token)).ShouldBe(new StagingResult.Verified());
        }

        (await folder.CompleteAsync(Token)).ShouldBe(new FolderResult.Complete());

        (await folder.IsCompleteAsync(Token)).ShouldBeTrue();
        var marker = await MarkerAsync(world, weights);
        marker.ShouldStartWith($$"""{"digest":"{{weights.Digest()}}","files":[{"path":"model-1.safetensors","size":5000,"sha256":"{{weights.Files[1].Sha256}}"},""");
        (await folder.CompleteAsync(Token)).ShouldBe(new FolderResult.Complete());
        (await MarkerAsync(world, weights)).ShouldBe(marker);
    }

    [Theory]
    [InlineData(StorageKind.Sandbox)]
    [InlineData(StorageKind.Azurite)]
    public async Task Progress_counts_what_is_staged_of_all_files(StorageKind kind)
    {
        await using var world = await WeightsWorld.StartAsync(kind, azurite);
        var weights = Publish(world, Index);
        var folder = world.Folder(weights);
        var before = await folder.ProgressAsync(Token);
        await world.Stager().StageAsync(weights, weights.Files[1], WeightsWorld.Budget, Token);

        var after = await folder.ProgressAsync(Token);

        (before.StagedBytes, before.TotalBytes, before.Unverified.Count).ShouldBe((0, 11_100 + Index.Length, 3));
        (after.StagedBytes, after.TotalBytes).ShouldBe((5_000, 11_100 + Index.Length));
        after.Unverified.ShouldBe([weights.Files[0], weights.Files[2]]);
    }

    [Theory]
    [InlineData("""{"weight_map":{"a":"model-1.safetensors","b":"model-3.safetensors"}}""", "expected only files of the manifest, found 'model-3.safetensors'.")]
    [InlineData("""{"metadata":{"total_size":11101},"weight_map":{"a":"model-1.safetensors","b":"model-2.safetensors"}}""", "expected a total_size of at most 11100 bytes, the size of the files that it names; found 11101.")]
    [InlineData("""{"metadata":{"total_size":5001},"weight_map":{"a":"model-1.safetensors"}}""", "expected a total_size of at most 5000 bytes, the size of the files that it names; found 5001.")]
    [InlineData("""{"metadata":{"total_size":"many"},"weight_map":{"a":"model-1.safetensors"}}""", "expected an index of tensors, found text that is none")]
    [InlineData("""{"weights":{}}""", "expected an object 'weight_map', found none.")]
    [InlineData("not JSON", "expected an index of tensors, found text that is none")]
    public async Task An_index_that_does_not_fit_the_files_is_refused(string index, string reason)
    {
        await using var world = await WeightsWorld.StartAsync(StorageKind.Sandbox, azurite);
        var weights = Publish(world, index);
        foreach (var file in weights.Files)
        {
            (await world.Stager().StageAsync(weights, file, WeightsWorld.Budget, Token)).ShouldBe(new StagingResult.Verified());
        }

        (await world.Folder(weights).CompleteAsync(Token)).ShouldBeOfType<FolderResult.Refused>().Reason.ShouldStartWith($"model.safetensors.index.json: {reason}");

        (await world.Folder(weights).IsCompleteAsync(Token)).ShouldBeFalse();
        (await world.BlobsAsync(weights)).ShouldNotContain(WeightsRules.MarkerPath);
    }

    [Fact]
    public async Task A_marker_of_other_files_does_not_count()
    {
        await using var world = await WeightsWorld.StartAsync(StorageKind.Sandbox, azurite);
        var weights = Publish(world, Index);
        await world.Container.GetBlobClient($"{weights.Digest()}/{WeightsRules.MarkerPath}").UploadAsync(BinaryData.FromString("{}"), Token);

        (await world.Folder(weights).IsCompleteAsync(Token)).ShouldBeFalse();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static OpenWeights Publish(WeightsWorld world, string index) => world.Publish(
        new HubFile("model.safetensors.index.json", HubContent.Of(Encoding.UTF8.GetBytes(index)), IsLarge: false),
        new HubFile("model-1.safetensors", HubContent.Generated(5_000, 1)),
        new HubFile("model-2.safetensors", HubContent.Generated(6_100, 2)));

    private static async Task<string> MarkerAsync(WeightsWorld world, OpenWeights weights) =>
        (await world.Container.GetBlobClient($"{weights.Digest()}/{WeightsRules.MarkerPath}").DownloadContentAsync(Token)).Value.Content.ToString();
}
