using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Functions.Releases;
using Orchestrator.Local.Demo;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>What comes in at the webhook: good, bad and hostile.</summary>
public sealed class WebhookTests(UntouchedWorld untouched) : IClassFixture<UntouchedWorld>
{
    [Fact]
    public void The_signature_is_githubs()
    {
        // The vector of GitHub's documentation on validating webhook deliveries.
        const string Signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        WebhookSignature.IsValid("It's a Secret to Everybody", "Hello, World!"u8, Signature).ShouldBeTrue();
        WebhookSignature.IsValid("It's a Secret to Everybody", "Hello, World?"u8, Signature).ShouldBeFalse();
    }

    [Fact]
    public async Task A_release_with_fields_that_nobody_knows_yet_is_accepted()
    {
        var payload = Payload();
        payload["release"]!["novelty"] = new JsonObject { ["deep"] = new JsonArray(1, 2, 3) };
        payload["enterprise"] = new JsonObject { ["id"] = 1, ["slug"] = "contoso" };
        await using var world = await World.StartAsync();

        using var answer = await SendAsync(world, payload.ToJsonString());

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        answer.Headers.Location.ShouldNotBeNull().AbsolutePath.ShouldBe($"/api/releases/{DemoWorld.RunOf("v9.9.9")}");
    }

    [Fact]
    public async Task Two_deliveries_at_once_find_the_same_run()
    {
        await using var world = await World.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync(world, Payload().ToJsonString())));

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Accepted);
        answers.Select(answer => answer.Headers.Location).Distinct().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("ping", "{}", 200)]
    [InlineData("push", "{}", 200)]
    [InlineData("an_event_of_tomorrow", "[]", 200)]
    [InlineData("release", """{"action":"edited"}""", 200)]
    [InlineData("release", """{"action":"an_action_of_tomorrow"}""", 200)]
    [InlineData("release", "{", 400)]
    [InlineData("release", "null", 400)]
    [InlineData("release", "[]", 400)]
    [InlineData("release", """{"action":7}""", 400)]
    [InlineData("release", """{"action":"published"}""", 400)]
    [InlineData("release", """{"action":"published","release":7}""", 400)]
    public async Task What_asks_for_nothing_is_ignored_and_what_makes_no_sense_is_refused(string name, string body, int status)
    {
        using var answer = await SendAsync(body, name);

        ((int)answer.StatusCode).ShouldBe(status);
        await NothingWasKept();
    }

    [Fact]
    public async Task A_body_that_nests_without_end_is_refused()
    {
        using var answer = await SendAsync(string.Concat(Enumerable.Repeat("""{"action":""", 100_000)));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await NothingWasKept();
    }

    [Fact]
    public async Task A_wrong_signature_and_none_at_all_are_refused()
    {
        using var wrong = await SendAsync(Payload().ToJsonString(), secret: "another secret");
        using var none = await SendAsync(Payload().ToJsonString(), secret: null);
        using var malformed = await SendAsync(Payload().ToJsonString(), signature: "sha256=zz");

        new[] { wrong, none, malformed }.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Unauthorized);
        await NothingWasKept();
    }

    [Theory]
    [InlineData("X-GitHub-Event")]
    [InlineData("X-GitHub-Delivery")]
    public async Task A_missing_header_is_refused(string header)
    {
        using var answer = await SendAsync(Payload().ToJsonString(), without: header);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_25_megabytes_is_refused_whether_it_says_so_or_not(bool says)
    {
        using var request = Request(string.Empty, "release", SandboxStacks.WebhookSecret);
        var large = new byte[WebhookReceiver.LargestPayload + 1];
        request.Content = says ? new ByteArrayContent(large) : new StreamContent(new Unsized(large));

        using var answer = await untouched.World.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        await NothingWasKept();
    }

    [Fact]
    public async Task Releases_of_other_repositories_and_prereleases_start_nothing()
    {
        var other = Payload();
        other["repository"]!["full_name"] = "contoso/other";
        var early = Payload();
        early["release"]!["prerelease"] = true;

        (await SendAsync(other.ToJsonString())).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(early.ToJsonString())).StatusCode.ShouldBe(HttpStatusCode.OK);
        await NothingWasKept();
    }

    private async Task NothingWasKept()
    {
        await foreach (var instance in untouched.World.Demo.Host.Client.GetAllInstancesAsync())
        {
            Assert.Fail($"Expected no orchestration, found {instance.InstanceId}.");
        }
    }

    private static JsonObject Payload() => JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "release.published.json")))!.AsObject();

    private Task<HttpResponseMessage> SendAsync(
        string body,
        string name = "release",
        string? secret = SandboxStacks.WebhookSecret,
        string? without = null,
        string? signature = null) => SendAsync(untouched.World, body, name, secret, without, signature);

    private static async Task<HttpResponseMessage> SendAsync(
        World world,
        string body,
        string name = "release",
        string? secret = SandboxStacks.WebhookSecret,
        string? without = null,
        string? signature = null)
    {
        using var request = Request(body, name, secret);
        if (signature is not null)
        {
            request.Headers.Remove("X-Hub-Signature-256");
            request.Headers.Add("X-Hub-Signature-256", signature);
        }

        if (without is not null)
        {
            request.Headers.Remove(without);
        }

        return await world.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static HttpRequestMessage Request(string body, string name, string? secret)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "api/github/webhooks") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-GitHub-Event", name);
        request.Headers.Add("X-GitHub-Delivery", Guid.NewGuid().ToString());
        if (secret is not null)
        {
            var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body));
            request.Headers.Add("X-Hub-Signature-256", $"sha256={Convert.ToHexStringLower(hash)}");
        }

        return request;
    }

    // A stream that does not tell its length, so that the body comes in chunks.
    private sealed class Unsized(byte[] content) : Stream
    {
        private readonly MemoryStream inner = new(content);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override void Flush() => inner.Flush();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
