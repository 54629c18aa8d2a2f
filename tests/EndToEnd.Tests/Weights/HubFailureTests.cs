using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Functions.Weights;
using Orchestrator.Sandbox.Weights;

namespace Orchestrator.EndToEnd.Tests.Weights;

/// <summary>What a hub can do wrong, and what comes of it.</summary>
public sealed class HubFailureTests(AzuriteBlobs azurite) : IClassFixture<AzuriteBlobs>
{
    private const int Size = 12_345;
    private const string Path = "model.safetensors";

    [Theory]
    [InlineData(StorageKind.Sandbox)]
    [InlineData(StorageKind.Azurite)]
    public async Task A_stream_that_breaks_goes_on_where_it_broke(StorageKind kind)
    {
        await using var world = await WeightsWorld.StartAsync(kind, azurite);
        var weights = world.Publish(Size);
        world.Hub.SetFault(Path, new() { CutAt = 5_500, Cuts = 2 });

        (await world.StageAsync(weights, 1, 2)).ShouldBe(new StagingResult.Verified());

        (await world.FindAsync(weights)).ShouldBe(weights.Files[0].Sha256);
    }

    [Fact]
    public async Task A_stream_that_always_breaks_is_given_up_and_what_came_is_there_for_later()
    {
        await using var world = await StartAsync();
        var weights = world.Publish(4_000_000);
        world.Hub.SetFault(Path, new() { CutAt = 3_000_000 });

        var failed = await Should.ThrowAsync<WeightsHubException>(() => world.StageAsync(weights, 1, 2, 4, 8, 16, 32));

        failed.Message.ShouldContain("of 4000000 bytes, then failed 7 times");
        world.Hub.ClearFault(Path);
        var before = world.Hub.Bytes;
        (await world.StageAsync(weights)).ShouldBe(new StagingResult.Verified());
        (world.Hub.Bytes - before).ShouldBeLessThan(4_000_000, "it went on from what was kept");
        (await world.FindAsync(weights)).ShouldBe(weights.Files[0].Sha256);
    }

    [Fact]
    public async Task A_hub_without_ranges_starts_over_and_nothing_is_staged_twice()
    {
        await using var world = await StartAsync();
        var weights = world.Publish(Size);
        world.Hub.SetFault(Path, new() { CutAt = 5_500, Cuts = 1, HasRanges = false });

        (await world.StageAsync(weights, 1)).ShouldBe(new StagingResult.Verified());

        (await world.FindAsync(weights)).ShouldBe(weights.Files[0].Sha256);
    }

    [Fact]
    public async Task A_hub_that_falls_silent_is_asked_again()
    {
        await using var world = await StartAsync();
        var weights = world.Publish(Size);
        var requests = 0;
        world.HubRequests.Sending = (_, cancelled) => ++requests == 1 ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancelled) : Task.CompletedTask;

        (await world.StageAsync(weights, 60, 1)).ShouldBe(new StagingResult.Verified());
    }

    [Fact]
    public async Task A_busy_hub_is_asked_again_when_it_says_and_else_after_growing_waits()
    {
        await using var world = await StartAsync();
        var weights = world.Publish(Size);
        world.Hub.SetFault(Path, new() { Busy = 2, RetryAfter = TimeSpan.FromSeconds(77) });
        (await world.StageAsync(weights, 77, 77)).ShouldBe(new StagingResult.Verified());

        var more = world.Publish(Size);
        world.Hub.SetFault(Path, new() { Busy = 3 });
        (await world.StageAsync(more, 1, 2, 4)).ShouldBe(new StagingResult.Verified());
    }

    [Theory]
    [InlineData(1, true, "expected 12345 bytes, found that the hub has 12346.")]
    [InlineData(-1, true, "expected 12345 bytes, found that the hub has 12344.")]
    [InlineData(1, false, "expected 12345 bytes, found that the hub sends more.")]
    [InlineData(-1, false, "expected 12345 bytes, found that the hub has 12344.")]
    public async Task A_file_of_another_size_is_refused(int extra, bool isTold, string reason)
    {
        await using var world = await StartAsync();
        var weights = world.Publish(Size);
        world.Hub.SetFault(Path, new() { ExtraBytes = extra, IsLengthTold = isTold, IsSizeLinked = false });

        var refused = (await (extra < 0 && !isTold ? world.StageAsync(weights, 1) : world.StageAsync(weights))).ShouldBeOfType<StagingResult.Refused>();

        refused.Reason.ShouldBe($"{Path}: {reason}");
        (await world.FindAsync(weights)).ShouldBeNull();
    }

    [Fact]
    public async Task A_size_that_the_hub_tells_before_it_redirects_is_enough()
    {
        await using var world = await StartAsync();
        var weights = world.Publish(Size);
        world.Hub.SetFault(Path, new() { ExtraBytes = 5 });

        (await world.StageAsync(weights)).ShouldBe(new StagingResult.Refused($"{Path}: expected 12345 bytes, found that the hub has 12350."));

        world.Hub.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task Content_that_the_hub_itself_says_is_another_is_not_even_read()
    {
        await using var world = await StartAsync();
        var real = world.Publish(Size);
        var other = Sha256Digest.Of([1]);
        var weights = real with { Files = [new WeightsFile(Path, Size, other)] };

        (await world.StageAsync(weights)).ShouldBe(new StagingResult.Refused($"{Path}: expected SHA-256 {other}, found that the hub has {real.Files[0].Sha256}."));

        world.Hub.Bytes.ShouldBe(0);
    }

    [Theory]
    [InlineData("https://elsewhere.example/file", "Rule GEN-CLOUD-01")]
    [InlineData("http://hub.azure-china.localhost/file", "expected the hub to redirect to https")]
    public async Task A_redirect_leads_only_where_it_may(string target, string reason)
    {
        await using var world = await StartAsync();
        var weights = world.Publish(Size);
        world.Hub.SetFault(Path, new() { RedirectTo = new(target) });

        (await world.StageAsync(weights)).ShouldBeOfType<StagingResult.Refused>().Reason.ShouldContain(reason);
    }

    [Fact]
    public async Task Redirects_end()
    {
        await using var world = await StartAsync();
        var weights = world.Publish(Size);
        world.Hub.SetFault(Path, new() { RedirectTo = new(world.Hub.Address, $"{weights.Repository}/resolve/{weights.Revision}/{Path}") });

        (await world.StageAsync(weights)).ShouldBeOfType<StagingResult.Refused>().Reason.ShouldContain("expected the hub to redirect at most 5 times");
    }

    [Fact]
    public async Task What_the_hub_does_not_have_is_refused_with_what_to_check()
    {
        await using var world = await StartAsync();
        var weights = world.Publish(Size) with { Revision = Identifier.Parse<CommitSha>(new string('d', 40)) };

        (await world.StageAsync(weights)).ShouldBe(new StagingResult.Refused($"{Path}: expected hub.azure-china.localhost to give the file, found 404 Not Found. Check the repository, its revision and whether its licence has to be accepted first."));
    }

    private Task<WeightsWorld> StartAsync() => WeightsWorld.StartAsync(StorageKind.Sandbox, azurite);
}
