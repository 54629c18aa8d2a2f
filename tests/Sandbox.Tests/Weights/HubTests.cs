using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Weights;

namespace Orchestrator.Sandbox.Tests.Weights;

public sealed class HubTests
{
    private const string Repository = "acme/model";

    private static readonly string Revision = new('a', 40);

    [Fact]
    public async Task A_large_file_is_redirected_to_the_host_that_delivers_it()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var identity = sandbox.China.Hub.Add(Repository, Revision, new HubFile("model.safetensors", HubContent.Generated(3_000_000, 1))).ShouldHaveSingleItem();

        using var redirect = await sandbox.Http.GetAsync(Resolve(sandbox, "model.safetensors"), Token);
        redirect.StatusCode.ShouldBe(HttpStatusCode.Found);
        redirect.Headers.GetValues("X-Repo-Commit").ShouldBe([Revision]);
        redirect.Headers.GetValues("X-Linked-Size").ShouldBe(["3000000"]);
        redirect.Headers.GetValues("X-Linked-Etag").ShouldBe([$"\"{identity.Sha256}\""]);
        redirect.Headers.Location!.Host.ShouldBe("cdn.hub.azure-china.localhost");

        var content = await sandbox.Http.GetByteArrayAsync(redirect.Headers.Location, Token);
        Convert.ToHexStringLower(SHA256.HashData(content)).ShouldBe(identity.Sha256);
        (sandbox.China.Hub.Requests, sandbox.China.Hub.Bytes).ShouldBe((2, 3_000_000));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(1_048_575)]
    [InlineData(2_999_999)]
    public async Task A_range_is_the_rest_of_the_same_content(int from)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        sandbox.China.Hub.Add(Repository, Revision, new HubFile("file", HubContent.Generated(3_000_000, 1), IsLarge: false));
        var whole = await sandbox.Http.GetByteArrayAsync(Resolve(sandbox, "file"), Token);

        using var part = await GetAsync(sandbox, from);

        part.StatusCode.ShouldBe(from == 0 ? HttpStatusCode.OK : HttpStatusCode.PartialContent);
        part.Content.Headers.ContentRange.ShouldBe(from == 0 ? null : new ContentRangeHeaderValue(from, 2_999_999, 3_000_000));
        (await part.Content.ReadAsByteArrayAsync(Token)).AsSpan().SequenceEqual(whole.AsSpan(from)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_range_beyond_the_end_or_of_another_version_is_none()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        sandbox.China.Hub.Add(Repository, Revision, new HubFile("file", HubContent.Of(new byte[100]), IsLarge: false));

        using var beyond = await GetAsync(sandbox, 100);
        using var other = await GetAsync(sandbox, 50, "\"another\"");

        beyond.StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
        beyond.Content.Headers.ContentRange.ShouldBe(new ContentRangeHeaderValue(100));
        (other.StatusCode, other.Content.Headers.ContentLength).ShouldBe((HttpStatusCode.OK, 100));
    }

    [Fact]
    public async Task The_files_of_a_revision_are_listed()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var files = sandbox.China.Hub.Add(Repository, Revision, new HubFile("config.json", HubContent.Of(new byte[2]), IsLarge: false), new HubFile("model.safetensors", HubContent.Generated(9, 1)));

        var list = await sandbox.Http.GetFromJsonAsync<JsonNode>(new Uri(sandbox.China.Hub.Address, $"api/models/{Repository}/revision/{Revision}?blobs=true"), Token);

        list!["sha"]!.GetValue<string>().ShouldBe(Revision);
        list["siblings"]!.AsArray().Select(file => file!["rfilename"]!.GetValue<string>()).ShouldBe(["config.json", "model.safetensors"]);
        list["siblings"]![0]!["lfs"].ShouldBeNull();
        list["siblings"]![1]!["lfs"]!["sha256"]!.GetValue<string>().ShouldBe(files[1].Sha256);
        (await sandbox.Http.GetAsync(new Uri(sandbox.China.Hub.Address, $"api/models/{Repository}/revision/main"), Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Faults_are_of_one_file_and_can_be_cleared()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        sandbox.China.Hub.Add(Repository, Revision, new HubFile("file", HubContent.Of(new byte[100]), IsLarge: false), new HubFile("other", HubContent.Of(new byte[100]), IsLarge: false));
        sandbox.China.Hub.SetFault("file", new() { FlippedAt = 42, Busy = 1, RetryAfter = TimeSpan.FromSeconds(9) });

        using var busy = await sandbox.Http.GetAsync(Resolve(sandbox, "file"), Token);
        (busy.StatusCode, busy.Headers.RetryAfter!.Delta).ShouldBe((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(9)));
        (await sandbox.Http.GetByteArrayAsync(Resolve(sandbox, "file"), Token)).Index().Where(each => each.Item != 0).ShouldBe([(42, (byte)1)]);
        (await sandbox.Http.GetByteArrayAsync(Resolve(sandbox, "other"), Token)).ShouldAllBe(each => each == 0);

        sandbox.China.Hub.SetFault("file", new() { CutAt = 50 });
        await Should.ThrowAsync<HttpRequestException>(() => sandbox.Http.GetByteArrayAsync(Resolve(sandbox, "file"), Token));
        sandbox.China.Hub.ClearFault("file");
        (await sandbox.Http.GetByteArrayAsync(Resolve(sandbox, "file"), Token)).Length.ShouldBe(100);
    }

    [Fact]
    public async Task A_slow_file_takes_its_time_by_the_megabyte()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        sandbox.China.Hub.Add(Repository, Revision, new HubFile("file", HubContent.Generated(2_500_000, 1), IsLarge: false));
        sandbox.China.Hub.SetFault("file", new() { LatencyPerMegabyte = TimeSpan.FromSeconds(5) });

        var reading = sandbox.Http.GetByteArrayAsync(Resolve(sandbox, "file"), Token);
        await sandbox.Time.PassAsync(TimeSpan.FromSeconds(5));
        await sandbox.Time.PassAsync(TimeSpan.FromSeconds(5));

        (await reading).Length.ShouldBe(2_500_000);
        sandbox.Host.Latencies.Waits.Count(wait => wait.Operation == "megabyte of file").ShouldBe(2);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Uri Resolve(RunningSandbox sandbox, string path) => new(sandbox.China.Hub.Address, $"{Repository}/resolve/{Revision}/{path}");

    private static async Task<HttpResponseMessage> GetAsync(RunningSandbox sandbox, long from, string? version = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Resolve(sandbox, "file"));
        request.Headers.Range = new(from, null);
        request.Headers.IfRange = version is null ? null : RangeConditionHeaderValue.Parse(version);
        return await sandbox.Http.SendAsync(request, Token);
    }
}
