using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace StandIns.Tests;

public sealed class ClientContractTests
{
    [Fact]
    public void Inputs_and_outputs_are_read_when_they_were_asked_for()
    {
        var metadata = new OrchestrationMetadata("Release", "r1")
        {
            DataConverter = new Upper(),
            SerializedInput = "in",
            SerializedOutput = "out",
            SerializedCustomStatus = null,
        };

        metadata.ReadInputAs<string>().ShouldBe("IN");
        metadata.ReadOutputAs<string>().ShouldBe("OUT");
        metadata.ReadCustomStatusAs<string>().ShouldBeNull();
    }

    [Fact]
    public void Reading_what_was_not_asked_for_is_refused()
    {
        var metadata = new OrchestrationMetadata("Release", "r1") { SerializedOutput = "out" };

        Should.Throw<InvalidOperationException>(() => metadata.ReadOutputAs<string>());
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Pending, false, false)]
    [InlineData(OrchestrationRuntimeStatus.Running, true, false)]
    [InlineData(OrchestrationRuntimeStatus.Suspended, false, false)]
    [InlineData(OrchestrationRuntimeStatus.Completed, false, true)]
    [InlineData(OrchestrationRuntimeStatus.Failed, false, true)]
    [InlineData(OrchestrationRuntimeStatus.Terminated, false, true)]
    public void Running_and_completed_follow_from_the_status(OrchestrationRuntimeStatus status, bool running, bool completed)
    {
        var metadata = new OrchestrationMetadata("Release", "r1") { RuntimeStatus = status };

        metadata.IsRunning.ShouldBe(running);
        metadata.IsCompleted.ShouldBe(completed);
    }

    [Fact]
    public async Task A_pageable_goes_from_page_to_page_until_no_token_is_left()
    {
        var asked = new List<string?>();
        var pages = Pageable.Create<int>((token, _) =>
        {
            asked.Add(token);
            return Task.FromResult(token is null ? new Page<int>([1, 2], "next") : new Page<int>([3]));
        });

        var values = new List<int>();
        await foreach (var value in pages)
        {
            values.Add(value);
        }

        values.ShouldBe([1, 2, 3]);
        asked.ShouldBe([null, "next"]);
    }

    [Fact]
    public void Statuses_have_the_numbers_that_are_stored_elsewhere()
    {
        ((int)OrchestrationRuntimeStatus.Running).ShouldBe(0);
        ((int)OrchestrationRuntimeStatus.Failed).ShouldBe(3);
        ((int)OrchestrationRuntimeStatus.Terminated).ShouldBe(5);
        ((int)OrchestrationRuntimeStatus.Suspended).ShouldBe(7);
    }

    private sealed class Upper : DataConverter
    {
        public override string? Serialize(object? value) => value?.ToString();

        public override object? Deserialize(string? data, Type targetType) => data?.ToUpperInvariant();
    }
}
