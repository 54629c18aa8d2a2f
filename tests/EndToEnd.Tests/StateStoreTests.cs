using Azure.Data.Tables;
using Orchestrator.Functions.State;
using Orchestrator.Local.State;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>Both stores keep the same promises: SQLite in a file, tables in Microsoft's emulator.</summary>
public sealed class StateStoreTests(Azurite azurite) : IClassFixture<Azurite>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("state-").FullName;
    private readonly List<IDisposable> opened = [];

    public enum Kind
    {
        Sqlite,
        Table,
    }

    [Theory]
    [InlineData(Kind.Sqlite)]
    [InlineData(Kind.Table)]
    public async Task What_is_written_is_read_by_whoever_opens_the_store_next(Kind kind)
    {
        var group = Group();
        (await Open(kind).TryWriteAsync(group, "us-closed_production", """{"why":"ümlaut / 中文"}""", null, Token)).ShouldBeTrue();

        var entry = await Open(kind).ReadAsync(group, "us-closed_production", Token);

        entry.ShouldNotBeNull().Json.ShouldBe("""{"why":"ümlaut / 中文"}""");
        (await Open(kind).ReadAsync(group, "nobody", Token)).ShouldBeNull();
    }

    [Theory]
    [InlineData(Kind.Sqlite)]
    [InlineData(Kind.Table)]
    public async Task Only_who_has_seen_the_latest_version_may_change_or_delete(Kind kind)
    {
        var (store, group) = (Open(kind), Group());
        (await store.TryWriteAsync(group, "a", "1", null, Token)).ShouldBeTrue();
        (await store.TryWriteAsync(group, "a", "2", null, Token)).ShouldBeFalse("it is there already");
        var first = (await store.ReadAsync(group, "a", Token))!;
        (await store.TryWriteAsync(group, "a", "2", first.Version, Token)).ShouldBeTrue();
        var second = (await store.ReadAsync(group, "a", Token))!;

        (await store.TryWriteAsync(group, "a", "3", first.Version, Token)).ShouldBeFalse();
        (await store.TryDeleteAsync(group, "a", first.Version, Token)).ShouldBeFalse();
        (await store.ReadAsync(group, "a", Token))!.Json.ShouldBe("2");
        (await store.TryDeleteAsync(group, "a", second.Version, Token)).ShouldBeTrue();
        (await store.TryDeleteAsync(group, "a", second.Version, Token)).ShouldBeFalse("it is gone");
        (await store.TryWriteAsync(group, "a", "4", second.Version, Token)).ShouldBeFalse("it is gone");
    }

    [Theory]
    [InlineData(Kind.Sqlite)]
    [InlineData(Kind.Table)]
    public async Task A_kind_lists_its_own_entries_by_key(Kind kind)
    {
        var (store, group) = (Open(kind), Group());
        foreach (var key in new[] { "b", "c", "a" })
        {
            await store.TryWriteAsync(group, key, $"\"{key}\"", null, Token);
        }

        await store.TryWriteAsync(Group(), "z", "0", null, Token);

        (await store.ListAsync(group, Token)).Select(entry => entry.Key).ShouldBe(["a", "b", "c"]);
    }

    [Theory]
    [InlineData(Kind.Sqlite)]
    [InlineData(Kind.Table)]
    public async Task Of_many_changes_at_once_none_is_lost(Kind kind)
    {
        var (store, group) = (Open(kind), Group());

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => store.ChangeAsync<List<int>, bool>(group, "all", list => ([.. list ?? [], number], true), Token)));

        (await store.ReadAsync<List<int>>(group, "all", Token)).ShouldNotBeNull().Order().ShouldBe(Enumerable.Range(0, 20));
    }

    [Theory]
    [InlineData(Kind.Sqlite)]
    [InlineData(Kind.Table)]
    public async Task Both_take_what_is_within_the_limits_and_refuse_what_is_beyond(Kind kind)
    {
        var (store, group) = (Open(kind), Group());
        var key = new string('k', StateLimits.LongestKey);
        var json = $"\"{new string('界', StateLimits.LongestJson - 2)}\"";

        (await store.TryWriteAsync(group, key, json, null, Token)).ShouldBeTrue();
        (await store.ReadAsync(group, key, Token)).ShouldNotBeNull().Json.ShouldBe(json);
        await Should.ThrowAsync<ArgumentException>(() => store.TryWriteAsync(group, $"{key}k", json, null, Token));
        await Should.ThrowAsync<ArgumentException>(() => store.TryWriteAsync(group, "further", $"{json} ", null, Token));
        (await store.ListAsync(group, Token)).ShouldHaveSingleItem();
    }

    public void Dispose()
    {
        opened.ForEach(store => store.Dispose());
        Directory.Delete(folder, recursive: true);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Group() => $"kind-{Guid.NewGuid():n}";

    private IStateStore Open(Kind kind)
    {
        if (kind == Kind.Table)
        {
            return new TableStateStore(new TableServiceClient(azurite.ConnectionString));
        }

        var store = SqliteStateStore.Open(Path.Combine(folder, "state.db"));
        opened.Add(store);
        return store;
    }
}
