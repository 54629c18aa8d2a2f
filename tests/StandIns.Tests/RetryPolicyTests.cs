using Microsoft.DurableTask;
using CoreFailureDetails = DurableTask.Core.FailureDetails;
using CoreTaskFailedException = DurableTask.Core.Exceptions.TaskFailedException;

namespace StandIns.Tests;

public sealed class RetryPolicyTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void What_is_not_said_has_defaults()
    {
        var policy = new RetryPolicy(3, Second);

        policy.BackoffCoefficient.ShouldBe(1.0);
        policy.MaxRetryInterval.ShouldBe(TimeSpan.FromHours(1));
        policy.RetryTimeout.ShouldBe(Timeout.InfiniteTimeSpan);
        policy.Handle(new InvalidOperationException()).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0, 1, 1.0, 2, 2)]
    [InlineData(1, 0, 1.0, 2, 2)]
    [InlineData(1, -1, 1.0, 2, 2)]
    [InlineData(1, 2, 0.9, 2, 2)]
    [InlineData(1, 2, 1.0, 1, 2)]
    [InlineData(1, 2, 1.0, 2, 1)]
    public void A_value_outside_its_range_is_refused(int attempts, int first, double backoff, int longest, int timeout) =>
        Should.Throw<ArgumentOutOfRangeException>(() =>
            new RetryPolicy(attempts, first * Second, backoff, longest * Second, timeout * Second));

    [Fact]
    public void Limits_may_be_infinite()
    {
        var policy = new RetryPolicy(3, Second, 2, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        policy.MaxRetryInterval.ShouldBe(Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public void A_handler_is_asked_about_what_remains_of_the_failure()
    {
        var policy = new RetryPolicy(3, Second)
        {
            HandleFailure = failure => failure is { ErrorType: "A.B", ErrorMessage: "lost", InnerFailure.ErrorMessage: "cable" },
        };

        policy.Handle(Failure("lost", Details("cable"))).ShouldBeTrue();
        policy.Handle(Failure("found", Details("cable"))).ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => policy.Handle(new ArithmeticException()));
    }

    [Fact]
    public async Task Options_carry_a_policy_or_a_handler()
    {
        var policy = new RetryPolicy(3, Second);

        TaskOptions.FromRetryPolicy(policy).Retry!.Policy.ShouldBe(policy);
        TaskOptions.FromRetryPolicy(policy).Retry!.Handler.ShouldBeNull();
        var handled = TaskOptions.FromRetryHandler(context => context.LastAttemptNumber < 2).Retry!;
        handled.Policy.ShouldBeNull();
        (await handled.Handler!(Attempt(1))).ShouldBeTrue();
        (await handled.Handler!(Attempt(2))).ShouldBeFalse();
    }

    [Fact]
    public void An_instance_id_keeps_the_retries()
    {
        var policy = new RetryPolicy(3, Second);
        var options = TaskOptions.FromRetryPolicy(policy).WithInstanceId("child");

        options.InstanceId.ShouldBe("child");
        options.Retry!.Policy.ShouldBe(policy);
        new SubOrchestrationOptions(options).InstanceId.ShouldBe("child");
    }

    private static CoreTaskFailedException Failure(string message, CoreFailureDetails cause) =>
        new(message) { FailureDetails = new("A.B", message, null, cause, false) };

    private static CoreFailureDetails Details(string message) => new("C.D", message, null, null, false);

    private static RetryContext Attempt(int number) =>
        new(new StillOrchestration(), number, TaskFailureDetails.FromException(new InvalidOperationException()), TimeSpan.Zero, CancellationToken.None);
}
