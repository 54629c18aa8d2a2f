using Microsoft.DurableTask;

namespace StandIns.Tests;

public sealed class NameTests
{
    [Fact]
    public void A_task_name_is_its_text_and_compares_without_case()
    {
        TaskName name = "Release";

        ((string)name).ShouldBe("Release");
        name.ToString().ShouldBe("Release");
        (name == new TaskName("RELEASE")).ShouldBeTrue();
        (name != new TaskName("Rollout")).ShouldBeTrue();
        name.GetHashCode().ShouldBe(new TaskName("rELEASE").GetHashCode());
    }

    [Fact]
    public void No_text_is_no_task_name_but_white_space_is_one()
    {
        ((TaskName)string.Empty).Name.ShouldBeNull();
        ((TaskName)" ").Name.ShouldBe(" ");
    }

    [Fact]
    public void A_task_version_without_text_is_empty_and_compares_without_case()
    {
        default(TaskVersion).Version.ShouldBe(string.Empty);
        default(TaskVersion).ShouldBe(new TaskVersion(string.Empty));
        new TaskVersion("2-RC").ShouldBe(new TaskVersion("2-rc"));
        new TaskVersion("2-RC").GetHashCode().ShouldBe(new TaskVersion("2-rc").GetHashCode());
    }

    [Fact]
    public void A_task_version_of_white_space_is_refused() => Should.Throw<ArgumentException>(() => new TaskVersion(" "));
}
