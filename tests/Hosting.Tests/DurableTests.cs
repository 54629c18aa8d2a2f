using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Hosting.Tests;

public sealed class DurableTests
{
    [Fact]
    public async Task An_orchestration_calls_activities_with_typed_inputs_and_results()
    {
        await using var app = await new HostOf(typeof(Orders)) { Register = services => services.AddScoped<Prices>() }.StartAsync();

        var ended = await RunAsync(app, nameof(Orders.OrderAsync), new Order("bolt", 3));

        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed, ended.FailureDetails?.ErrorMessage);
        ended.ReadOutputAs<string>().ShouldBe("3 bolt for 12, price of Price");
    }

    [Fact]
    public async Task An_activity_without_a_result_and_a_name_of_its_own_can_be_called()
    {
        await using var app = await new HostOf(typeof(Named)).StartAsync();

        var ended = await RunAsync(app, "renamed", null);

        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed, ended.FailureDetails?.ErrorMessage);
        ended.ReadOutputAs<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task A_failing_activity_is_a_failure_with_its_own_type_and_message()
    {
        await using var app = await new HostOf(typeof(Failing)).StartAsync();

        var ended = await RunAsync(app, nameof(Failing.TryAsync), null);

        ended.ReadOutputAs<string>().ShouldBe("System.IO.InvalidDataException: bad data");
    }

    [Fact]
    public async Task A_retry_policys_handler_decides_which_failures_are_tried_again()
    {
        var progress = new Progress();
        await using var app = await new HostOf(typeof(Picky)) { Register = services => services.AddSingleton(progress) }.StartAsync();

        var ended = await RunAsync(app, nameof(Picky.PickAsync), null);

        ended.ReadOutputAs<string>().ShouldBe("run 3");
    }

    [Fact]
    public async Task An_activity_may_use_the_durable_client()
    {
        await using var app = await new HostOf(typeof(Asking)).StartAsync();

        var ended = await RunAsync(app, nameof(Asking.AskAsync), null);

        ended.ReadOutputAs<string>().ShouldBe(app.Host.Client.Name);
    }

    [Fact]
    public async Task An_activity_that_stopping_cancelled_runs_again_after_the_next_start()
    {
        var progress = new Progress();
        await using var app = await new HostOf(typeof(Slow)) { Register = services => services.AddSingleton(progress) }.StartAsync();
        var id = await app.Host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Slow.SlowAsync));
        await progress.Begun.Task;

        await app.StopAsync();
        progress.Cancelled.ShouldBeTrue();
        progress.MayEnd = true;
        await app.StartAsync();
        var ended = await app.Host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, TestContext.Current.CancellationToken);

        ended.ReadOutputAs<int>().ShouldBe(2);
    }

    [Fact]
    public async Task As_many_activities_run_at_once_as_host_json_says()
    {
        await using var app = await new HostOf(typeof(Crowd))
        {
            HostJson = """{ "extensions": { "durableTask": { "maxConcurrentActivityFunctions": 300 } }, "logging": { "logLevel": { "default": "Error" } } }""",
            Register = services => services.AddSingleton(new Meeting(300)),
        }.StartAsync();

        var ended = await RunAsync(app, nameof(Crowd.GatherAsync), 300);

        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed, ended.FailureDetails?.ErrorMessage);
    }

    private static async Task<OrchestrationMetadata> RunAsync(HostOf app, string name, object? input)
    {
        var id = await app.Host.Client.ScheduleNewOrchestrationInstanceAsync(name, input, TestContext.Current.CancellationToken);
        return await app.Host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, TestContext.Current.CancellationToken);
    }

    public sealed record Order(string Item, int Count);

    public sealed class Prices
    {
        private readonly int each = 4;

        public int Of(Order order) => each * order.Count;
    }

    public sealed class Orders(Prices prices)
    {
        [Function(nameof(OrderAsync))]
        public static async Task<string> OrderAsync([OrchestrationTrigger] TaskOrchestrationContext context, FunctionContext function)
        {
            var order = context.GetInput<Order>()!;
            var price = await context.CallActivityAsync<string>(nameof(Price), order);
            return $"{order.Count} {order.Item} for {price}";
        }

        [Function(nameof(Price))]
        public async ValueTask<string> Price([ActivityTrigger] Order order, FunctionContext context, CancellationToken cancellationToken)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            return $"{prices.Of(order)}, price of {context.FunctionDefinition.Name}";
        }
    }

    public sealed class Crowd(Meeting meeting)
    {
        [Function(nameof(GatherAsync))]
        public static Task GatherAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
            Task.WhenAll(Enumerable.Range(0, context.GetInput<int>()).Select(_ => context.CallActivityAsync(nameof(MeetAsync), "come")));

        [Function(nameof(MeetAsync))]
        public Task MeetAsync([ActivityTrigger] string word) => meeting.JoinAsync();
    }

    /// <summary>Everybody waits until all are there.</summary>
    public sealed class Meeting(int most)
    {
        private readonly TaskCompletionSource complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int present;

        public Task JoinAsync()
        {
            if (Interlocked.Increment(ref present) == most)
            {
                complete.SetResult();
            }

            return complete.Task;
        }
    }

    public sealed class Named
    {
        [Function("OrchestratorFunction")]
        public static async Task<bool> RunAsync([OrchestrationTrigger(Orchestration = "renamed")] TaskOrchestrationContext context)
        {
            await context.CallActivityAsync("note", "x");
            return true;
        }

        [Function("ActivityFunction")]
        public static void Note([ActivityTrigger(Activity = "note")] string text) => text.ShouldBe("x");
    }

    public sealed class Failing
    {
        [Function(nameof(TryAsync))]
        public async Task<string> TryAsync([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            try
            {
                await context.CallActivityAsync(nameof(Fail));
                return "no failure";
            }
            catch (TaskFailedException failure)
            {
                return failure.FailureDetails.ToString();
            }
        }

        [Function(nameof(Fail))]
        public Task Fail([ActivityTrigger] string? nothing) => throw new InvalidDataException("bad data");
    }

    public sealed class Picky(Progress state)
    {
        private static readonly RetryPolicy UntilInvalid = new(10, TimeSpan.FromMilliseconds(1), 1, Timeout.InfiniteTimeSpan)
        {
            HandleFailure = failure => failure.IsCausedBy<IOException>(),
        };

        [Function(nameof(PickAsync))]
        public async Task<string> PickAsync([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            try
            {
                await context.CallActivityAsync(nameof(Pick), TaskOptions.FromRetryPolicy(UntilInvalid));
                return "no failure";
            }
            catch (TaskFailedException failure)
            {
                return failure.FailureDetails.ErrorMessage;
            }
        }

        [Function(nameof(Pick))]
        public void Pick([ActivityTrigger] string? nothing) =>
            throw (++state.Runs < 3 ? new FileNotFoundException() : new InvalidOperationException($"run {state.Runs}"));
    }

    public sealed class Asking
    {
        [Function(nameof(AskAsync))]
        public Task<string> AskAsync([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync<string>(nameof(Answer));

        [Function(nameof(Answer))]
        public string Answer([ActivityTrigger] string? nothing, [DurableClient] DurableTaskClient client) => client.Name;
    }

    public sealed class Progress
    {
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool MayEnd { get; set; }

        public bool Cancelled { get; set; }

        public int Runs { get; set; }
    }

    public sealed class Slow(Progress state)
    {
        [Function(nameof(SlowAsync))]
        public Task<int> SlowAsync([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync<int>(nameof(WorkAsync));

        [Function(nameof(WorkAsync))]
        public async Task<int> WorkAsync([ActivityTrigger] string? nothing, CancellationToken cancellationToken)
        {
            state.Runs++;
            state.Begun.TrySetResult();
            if (!state.MayEnd)
            {
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                }
                catch (OperationCanceledException)
                {
                    state.Cancelled = true;
                    throw;
                }
            }

            return state.Runs;
        }
    }
}
