using Microsoft.DurableTask;

namespace StandIns.Tests;

public sealed class FailureTests
{
    [Fact]
    public void Details_remember_the_type_the_message_and_the_cause()
    {
        var details = TaskFailureDetails.FromException(new InvalidOperationException("outer", new FileNotFoundException("inner")));

        details.ErrorType.ShouldBe("System.InvalidOperationException");
        details.ErrorMessage.ShouldBe("outer");
        details.InnerFailure!.ErrorType.ShouldBe("System.IO.FileNotFoundException");
        details.ToString().ShouldBe("System.InvalidOperationException: outer");
    }

    [Fact]
    public void A_cause_is_recognised_by_its_type_and_by_its_base_types()
    {
        var details = TaskFailureDetails.FromException(new FileNotFoundException());

        details.IsCausedBy<FileNotFoundException>().ShouldBeTrue();
        details.IsCausedBy<IOException>().ShouldBeTrue();
        details.IsCausedBy<InvalidOperationException>().ShouldBeFalse();
    }

    [Fact]
    public void A_cause_from_any_loaded_assembly_is_recognised() =>
        TaskFailureDetails.FromException(new LostException()).IsCausedBy<LostException>().ShouldBeTrue();

    [Fact]
    public void A_type_that_nobody_knows_is_no_cause() =>
        new TaskFailureDetails("Nobody.Knows", "it", null, null, null).IsCausedBy<Exception>().ShouldBeFalse();

    [Fact]
    public void Only_exceptions_can_be_asked_for() =>
        Should.Throw<ArgumentException>(() => TaskFailureDetails.FromException(new LostException()).IsCausedBy(typeof(string)));

    [Fact]
    public void A_failed_task_tells_its_name_its_number_and_why()
    {
        var failure = new TaskFailedException("Deploy", 7, TaskFailureDetails.FromException(new LostException()));

        failure.Message.ShouldBe("Task 'Deploy' (#7) failed with an unhandled exception: lost");
        failure.TaskName.ShouldBe("Deploy");
        failure.TaskId.ShouldBe(7);
        failure.FailureDetails.IsCausedBy<LostException>().ShouldBeTrue();
    }

    private sealed class LostException() : Exception("lost");
}
