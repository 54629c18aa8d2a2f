using System.Text.Json;
using Orchestrator.Core.Names;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Models.Continuous;
using Orchestrator.Functions.State;
using Orchestrator.Functions.Tests.State;

namespace Orchestrator.Functions.Tests.Models;

/// <summary>What looks are compared with later, in a store whose entries are small.</summary>
public sealed class ModelLookStoreTests
{
    private const string Model = "gpt-5";

    private static readonly RegionTarget Region = Targets.Of("us-closed", "production", "eastus2");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Suite.MostCases)]
    public async Task The_first_looks_scores_are_read_as_they_were_kept_however_many_there_are(int cases)
    {
        var store = new MemoryStore();
        var first = Reference(cases);

        await new ModelLookStore(store).KeepAsync(Region, Model, first, TestContext.Current.CancellationToken);
        var read = (await new ModelLookStore(store).ReferenceAsync(Region, Model, TestContext.Current.CancellationToken)).ShouldNotBeNull();

        read.Scores.Cases.ShouldBe(first.Scores.Cases);
        (read with { Scores = first.Scores }).ShouldBe(first);
        (read.Scores with { Cases = first.Scores.Cases }).ShouldBe(first.Scores);
    }

    [Fact]
    public async Task Fewer_cases_in_the_place_of_many_leave_none_of_them()
    {
        var looks = new ModelLookStore(new MemoryStore());
        await looks.KeepAsync(Region, Model, Reference(Suite.MostCases), TestContext.Current.CancellationToken);
        await looks.KeepAsync(Region, Model, Reference(3), TestContext.Current.CancellationToken);

        (await looks.ReferenceAsync(Region, Model, TestContext.Current.CancellationToken)).ShouldNotBeNull().Scores.Cases.Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_older_builds_have_kept_in_one_entry_is_read_still()
    {
        var (store, first) = (new MemoryStore(), Reference(5));
        await store.TryAddAsync("model-references", $"us-closed_production_eastus2_{StateKeys.Of(Model)}", first, TestContext.Current.CancellationToken);

        var read = (await new ModelLookStore(store).ReferenceAsync(Region, Model, TestContext.Current.CancellationToken)).ShouldNotBeNull();

        JsonSerializer.Serialize(read).ShouldBe(JsonSerializer.Serialize(first));
    }

    private static ScoreReference Reference(int cases) => new("2026-08-07", Identifier.Parse<ReleaseTag>("v1.0.0"), DateTimeOffset.UnixEpoch, new("default", Sha256Digest.Of("the suite"u8), ManyCases.Of(cases)));
}
