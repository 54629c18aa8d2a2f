using Orchestrator.Functions.Weights;

namespace Orchestrator.EndToEnd.Tests.Weights;

/// <summary>A stager that is killed at whatever moment, and two that do not know of each other: the blob is the right one, or none.</summary>
public sealed class StagingCrashTests(AzuriteBlobs azurite) : IClassFixture<AzuriteBlobs>
{
    private const long Size = 12_345;

    public enum Moment
    {
        Before,
        After,
    }

    [Theory]
    [InlineData(StorageKind.Sandbox, Moment.Before)]
    [InlineData(StorageKind.Sandbox, Moment.After)]
    [InlineData(StorageKind.Azurite, Moment.Before)]
    [InlineData(StorageKind.Azurite, Moment.After)]
    public async Task Killed_at_any_request_to_storage_the_next_run_ends_with_the_right_file(StorageKind kind, Moment moment)
    {
        await using var world = await WeightsWorld.StartAsync(kind, azurite);
        var kills = 0;
        for (var isKilled = true; isKilled; kills++)
        {
            var weights = world.Publish(Size);
            isKilled = await IsKilledAsync(world, moment, kills, () => world.StageAsync(weights));
            (await world.FindAsync(weights)).ShouldBeOneOf(null, weights.Files[0].Sha256);

            (await world.StageAsync(weights)).ShouldBe(new StagingResult.Verified(), $"killed at request {kills}");

            (await world.FindAsync(weights)).ShouldBe(weights.Files[0].Sha256);
        }

        kills.ShouldBeGreaterThan(15, "thirteen blocks, three checkpoints and the end");
    }

    [Theory]
    [InlineData(StorageKind.Sandbox, Moment.Before)]
    [InlineData(StorageKind.Sandbox, Moment.After)]
    [InlineData(StorageKind.Azurite, Moment.Before)]
    [InlineData(StorageKind.Azurite, Moment.After)]
    public async Task Killed_while_a_wrong_file_is_thrown_away_it_is_never_taken_for_good(StorageKind kind, Moment moment)
    {
        await using var world = await WeightsWorld.StartAsync(kind, azurite);
        world.Hub.SetFault("model.safetensors", new() { FlippedAt = 11_111 });
        for (var (isKilled, kills) = (true, 0); isKilled; kills++)
        {
            var weights = world.Publish(Size);
            isKilled = await IsKilledAsync(world, moment, kills, () => world.StageAsync(weights));

            (await world.FindAsync(weights)).ShouldBeNull();
            (await world.StageAsync(weights)).ShouldBeOfType<StagingResult.Mismatch>();
            (await world.BlobsAsync(weights)).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData(StorageKind.Sandbox)]
    [InlineData(StorageKind.Azurite)]
    public async Task Of_two_at_once_the_slower_one_finds_out(StorageKind kind)
    {
        await using var world = await WeightsWorld.StartAsync(kind, azurite);
        var weights = world.Publish(Size);
        var commits = 0;
        StagingResult? quicker = null;
        world.Storage.Sending = async (request, _) =>
        {
            // Right before the first one's first commit another one does all of the work.
            if (RequestHook.IsCommit(request) && Interlocked.Increment(ref commits) == 1)
            {
                quicker = await world.StageAsync(weights);
            }
        };

        (await world.StageAsync(weights)).ShouldBe(new StagingResult.Verified());

        quicker.ShouldBe(new StagingResult.Verified());
        (await world.FindAsync(weights)).ShouldBe(weights.Files[0].Sha256);
    }

    [Theory]
    [InlineData(StorageKind.Sandbox)]
    [InlineData(StorageKind.Azurite)]
    public async Task Wrong_bytes_of_another_one_never_get_into_the_file(StorageKind kind)
    {
        await using var world = await WeightsWorld.StartAsync(kind, azurite);
        var weights = world.Publish(Size);
        var commits = 0;
        world.Storage.Sending = async (request, _) =>
        {
            // The other one has had a wrong byte, and is about to throw its blocks away when the first one's end comes.
            if (RequestHook.IsCommit(request) && Interlocked.Increment(ref commits) == 1)
            {
                world.Hub.SetFault("model.safetensors", new() { FlippedAt = 100 });
                (await world.StageAsync(weights)).ShouldBeOfType<StagingResult.Mismatch>();
                world.Hub.ClearFault("model.safetensors");
            }
        };

        var first = await world.StageAsync(weights);

        first.ShouldBeOneOf(new StagingResult.Progress(0), new StagingResult.Verified());
        (await world.StageAsync(weights)).ShouldBe(new StagingResult.Verified());
        (await world.FindAsync(weights)).ShouldBe(weights.Files[0].Sha256);
    }

    [Theory]
    [InlineData(StorageKind.Sandbox)]
    [InlineData(StorageKind.Azurite)]
    public async Task Many_at_once_end_with_one_right_file(StorageKind kind)
    {
        await using var world = await WeightsWorld.StartAsync(kind, azurite);
        var weights = world.Publish(Size);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            while (await world.StageAsync(weights) is not StagingResult.Verified)
            {
            }
        }));

        (await world.FindAsync(weights)).ShouldBe(weights.Files[0].Sha256);
        (await world.BlobsAsync(weights)).ShouldBe(["model.safetensors"]);
    }

    // From its request of that number on, counted from 0, the stager reaches nothing any more: what is killed says nothing, does nothing.
    private static async Task<bool> IsKilledAsync(WeightsWorld world, Moment moment, int number, Func<Task> stage)
    {
        var (sent, answered) = (-1, -1);
        world.Storage.Sending = (_, _) => DieAsync(Interlocked.Increment(ref sent) > number - (moment == Moment.Before ? 1 : 0));
        world.Storage.Sent = _ => DieAsync(moment == Moment.After && Interlocked.Increment(ref answered) >= number);
        try
        {
            await stage();
            return false;
        }
        catch (Exception killed) when (killed is Azure.RequestFailedException or AggregateException or HttpRequestException or Killed)
        {
            return true;
        }
        finally
        {
            (world.Storage.Sending, world.Storage.Sent) = (null, null);
        }
    }

    private static Task DieAsync(bool isTime) => isTime ? Task.FromException(new Killed()) : Task.CompletedTask;

    private sealed class Killed : Exception;
}
