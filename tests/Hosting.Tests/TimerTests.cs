using System.Threading.Channels;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Testing;

namespace Hosting.Tests;

public sealed class TimerTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly WatchedTime time = new(Start);
    private readonly Runs runs = new();

    [Fact]
    public async Task A_timer_runs_at_the_start_when_it_says_so_and_then_on_its_schedule()
    {
        await using var app = await HostAsync(typeof(EveryFiveMinutes));

        (await runs.NextAsync()).ShouldBe(new Run(default, Start.UtcDateTime.AddMinutes(5), false));
        await time.PassAsync(TimeSpan.FromMinutes(5));
        (await runs.NextAsync()).ShouldBe(new Run(Start.UtcDateTime, Start.UtcDateTime.AddMinutes(10), false));
        await time.PassAsync(TimeSpan.FromMinutes(5));
        (await runs.NextAsync()).ShouldBe(new Run(Start.UtcDateTime.AddMinutes(5), Start.UtcDateTime.AddMinutes(15), false));
    }

    [Fact]
    public async Task A_schedule_may_be_a_time_span_from_a_setting()
    {
        await using var app = await HostAsync(typeof(FromSetting));

        (await runs.NextAsync()).Next.ShouldBe(Start.UtcDateTime.AddSeconds(90));
        await time.PassAsync(TimeSpan.FromSeconds(90));
        (await runs.NextAsync()).Last.ShouldBe(Start.UtcDateTime);
    }

    [Fact]
    public async Task One_run_at_a_time_and_the_one_that_came_too_late_knows_it()
    {
        runs.Gate = new TaskCompletionSource();
        await using var app = await HostAsync(typeof(EveryFiveMinutes));

        await runs.NextAsync();
        time.Advance(TimeSpan.FromMinutes(12));
        runs.Waiting.ShouldBe(0);
        runs.Gate.SetResult();

        (await runs.NextAsync()).ShouldBe(new Run(Start.UtcDateTime, Start.UtcDateTime.AddMinutes(15), true));
        runs.AtOnce.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_that_fails_does_not_end_the_timer()
    {
        runs.Failure = new InvalidOperationException("no luck");
        await using var app = await HostAsync(typeof(EveryFiveMinutes));

        await runs.NextAsync();
        await time.PassAsync(TimeSpan.FromMinutes(5));
        await runs.NextAsync();

        app.Log.Lines.ShouldContain(line => line.Contains("EveryFiveMinutes failed. no luck"));
    }

    [Fact]
    public async Task A_timer_waits_longer_than_the_runtimes_timers_can()
    {
        await using var app = await HostAsync(typeof(NewYear));

        (await runs.NextAsync()).Next.ShouldBe(Start.UtcDateTime.AddYears(1));
        for (var day = 0; day < 365; day++)
        {
            await time.PassAsync(TimeSpan.FromDays(1));
        }

        (await runs.NextAsync()).Last.ShouldBe(Start.UtcDateTime);
    }

    [Fact]
    public async Task Stopping_the_host_cancels_a_run()
    {
        runs.Gate = new TaskCompletionSource();
        await using var app = await HostAsync(typeof(EveryFiveMinutes));
        await runs.NextAsync();

        await app.StopAsync();

        runs.Cancelled.ShouldBeTrue();
    }

    [Fact]
    public async Task Bad_schedules_are_all_listed_at_the_start()
    {
        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => HostAsync(typeof(Nonsense), typeof(WithoutSetting)));

        refusal.Message.ShouldContain("Nonsense: expected a schedule such as");
        refusal.Message.ShouldContain("WithoutSetting: expected a schedule in the setting NO_SUCH_SETTING");
    }

    private Task<HostOf> HostAsync(params Type[] types) => new HostOf(types)
    {
        Time = time,
        Settings = new() { ["PAUSE"] = "00:01:30" },
        Register = services => services.AddSingleton(runs),
    }.StartAsync();

    public sealed record Run(DateTime Last, DateTime Next, bool IsPastDue);

    public sealed class Runs
    {
        private readonly Channel<Run> channel = Channel.CreateUnbounded<Run>();
        private int running;

        public TaskCompletionSource? Gate { get; set; }

        public Exception? Failure { get; set; }

        public int AtOnce { get; private set; }

        public bool Cancelled { get; private set; }

        public int Waiting => channel.Reader.Count;

        public ValueTask<Run> NextAsync() => channel.Reader.ReadAsync(TestContext.Current.CancellationToken);

        public async Task NoteAsync(TimerInfo timer, CancellationToken cancellationToken)
        {
            AtOnce = Math.Max(AtOnce, Interlocked.Increment(ref running));
            channel.Writer.TryWrite(new(timer.ScheduleStatus!.Last, timer.ScheduleStatus.Next, timer.IsPastDue));
            try
            {
                await (Gate?.Task ?? Task.CompletedTask).WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                Cancelled = true;
                throw;
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }

            if (Failure is not null)
            {
                throw Failure;
            }
        }
    }

    public sealed class EveryFiveMinutes(Runs runs)
    {
        [Function(nameof(EveryFiveMinutes))]
        public Task RunAsync([TimerTrigger("0 */5 * * * *", RunOnStartup = true)] TimerInfo timer, CancellationToken cancellationToken) =>
            runs.NoteAsync(timer, cancellationToken);
    }

    public sealed class FromSetting(Runs runs)
    {
        [Function(nameof(FromSetting))]
        public Task RunAsync([TimerTrigger("%PAUSE%", RunOnStartup = true)] TimerInfo timer, CancellationToken cancellationToken) =>
            runs.NoteAsync(timer, cancellationToken);
    }

    public sealed class NewYear(Runs runs)
    {
        [Function(nameof(NewYear))]
        public Task RunAsync([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer, CancellationToken cancellationToken) =>
            runs.NoteAsync(timer, cancellationToken);
    }

    public sealed class Nonsense
    {
        [Function(nameof(Nonsense))]
        public void Run([TimerTrigger("now and then")] TimerInfo timer)
        {
        }
    }

    public sealed class WithoutSetting
    {
        [Function(nameof(WithoutSetting))]
        public void Run([TimerTrigger("%NO_SUCH_SETTING%")] TimerInfo timer)
        {
        }
    }
}
