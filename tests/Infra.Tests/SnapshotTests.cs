namespace Orchestrator.Infra.Tests;

/// <summary>
/// All resources of both stacks with their parents, providers, options and inputs. Who means a change runs the tests once with <c>UPDATE_SNAPSHOTS=1</c> and reads
/// the difference.
/// </summary>
public sealed class SnapshotTests
{
    private const string OwnServersInTwoColours = "own-servers-in-two-colours";

    [Theory]
    [InlineData("us-closed")]
    [InlineData("china-open")]
    [InlineData(OwnServersInTwoColours)]
    public async Task What_is_built_is_what_was_reviewed(string stack)
    {
        var built = await Readable.OfAsync(await Programs.RunAsync(stack == OwnServersInTwoColours ? OwnServers.InTwoColours() : Programs.Shipped(stack)));
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            await File.WriteAllTextAsync(RepositoryFolder.Of("tests", "Infra.Tests", "Snapshots", $"{stack}.txt"), built, TestContext.Current.CancellationToken);
        }

        built.ShouldBe(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Snapshots", $"{stack}.txt"), TestContext.Current.CancellationToken));
    }
}
