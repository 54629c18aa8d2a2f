using System.Diagnostics.CodeAnalysis;
using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Time.Testing;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Tests;

/// <summary>How often ARM is asked while something is waited for.</summary>
public sealed class LookPaceTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task One_who_waits_looks_twice_a_second_and_more_often_at_first() =>
        (await LooksAsync(new(), waiting: 1, TimeSpan.FromSeconds(10))).ShouldBeInRange(20, 25);

    [Fact]
    public async Task However_many_wait_they_look_a_hundred_times_a_second_together()
    {
        var looks = await LooksAsync(new(), waiting: 400, TimeSpan.FromSeconds(20));

        // The first looks come closer together, before the pace is found.
        looks.ShouldBeInRange(400 * 5, 400 * 14);
    }

    [Theory]
    [InlineData(249, 100)]
    [InlineData(100, 20)]
    [InlineData(10, 5)]
    public async Task The_fewer_reads_ARM_has_left_the_longer_between_two_looks(int left, int looksPerSecond)
    {
        const int Waiting = 60;
        var pace = new LookPace();
        Tell(pace, left);

        var looks = await LooksAsync(pace, Waiting, TimeSpan.FromSeconds(60));

        var expected = 60 / Math.Clamp((double)Waiting / looksPerSecond, 0.5, 15);
        (looks / (double)Waiting).ShouldBeInRange(expected * 0.9, expected + 10);
    }

    [Fact]
    public async Task Who_has_waited_long_enough_is_told_how_it_stands()
    {
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(3) };

        (await new LookPace().WatchAsync(() => Task.FromResult("not yet"), _ => false, TimeSpan.FromSeconds(2), time, TestContext.Current.CancellationToken)).ShouldBe("not yet");
    }

    // As many as that wait for so long; how often they look.
    private static async Task<int> LooksAsync(LookPace pace, int waiting, TimeSpan length)
    {
        var time = new FakeTimeProvider();
        var looks = 0;
        var over = false;
        var all = Enumerable.Range(0, waiting).Select(_ => pace.WatchAsync(
            () =>
            {
                looks++;
                return Task.FromResult(over);
            },
            done => done,
            Timeout.InfiniteTimeSpan,
            time,
            TestContext.Current.CancellationToken)).ToArray();
        for (var passed = TimeSpan.Zero; passed < length; passed += Step)
        {
            time.Advance(Step);
        }

        var counted = looks;
        over = true;
        time.Advance(TimeSpan.FromMinutes(1));
        await Task.WhenAll(all);
        return counted;
    }

    private static void Tell(LookPace pace, int left)
    {
        var message = HttpPipelineBuilder.Build(new Quick(), pace).CreateMessage();
        message.Response = new Answer(left);
        pace.OnReceivedResponse(message);
    }

    private sealed class Quick : ClientOptions;

    private sealed class Answer(int left) : global::Azure.Response
    {
        public override int Status => 200;

        public override string ReasonPhrase => "OK";

        public override Stream? ContentStream { get; set; }

        public override string ClientRequestId { get; set; } = string.Empty;

        public override void Dispose()
        {
        }

        protected override bool ContainsHeader(string name) => name == "x-ms-ratelimit-remaining-subscription-reads";

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [new("x-ms-ratelimit-remaining-subscription-reads", left.ToString(System.Globalization.CultureInfo.InvariantCulture))];

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
        {
            value = ContainsHeader(name) ? left.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
            return value is not null;
        }

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
        {
            values = TryGetHeader(name, out var value) ? [value!] : null;
            return values is not null;
        }
    }
}
