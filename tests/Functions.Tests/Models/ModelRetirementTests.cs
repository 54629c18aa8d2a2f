using Orchestrator.Core.Configurations;
using Orchestrator.Core.Names;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Models;

namespace Orchestrator.Functions.Tests.Models;

public sealed class ModelRetirementTests
{
    private static readonly AcceleratorConfiguration Ascend = new(AcceleratorVendor.Ascend, "Atlas 800 A3", null, 1);

    private static readonly RegionTarget Target = new(
        Identifier.Parse<StackName>("mixed"),
        Identifier.Parse<EnvironmentName>("staging"),
        new(
            Identifier.Parse<RegionName>("chinaeast2"),
            Identifier.Parse<ResourceGroupName>("rg"),
            Identifier.Parse<ContainerAppName>("gateway"),
            new(new("ai", [new("chat", "gpt-5", "DataZoneStandard", 10), new("small", "gpt-5-mini", "DataZoneStandard", 10)]), "st", [new("flash", ServingKind.External, Ascend)])));

    [Fact]
    public async Task Only_what_the_serving_gateway_does_not_ask_is_removed_and_by_what_serves_it()
    {
        var (closed, external) = (new Serving(ModelKind.Closed), new Serving(ModelKind.External));

        await new ModelRetirement([closed, external]).RunAsync(Target, [Entry("chat", "chat-1"), Entry("small", "small"), Entry("flash", "flash-1"), Entry("unknown", "unknown-1")], [Entry("chat", "chat-2"), Entry("small", "small"), Entry("flash", "flash-2"), Entry("unknown", "unknown-2")], isReplaced: true, TestContext.Current.CancellationToken);

        closed.Removed.ShouldBe(["chat-1"]);
        external.Removed.ShouldBe(["flash-1"]);
    }

    [Fact]
    public async Task What_cannot_be_removed_keeps_nothing_else_and_is_told()
    {
        var closed = new Serving(ModelKind.Closed, failsAt: "chat-1");

        var removal = new ModelRetirement([closed]).RunAsync(Target, [Entry("chat", "chat-1"), Entry("small", "small-1")], [Entry("chat", "chat-2"), Entry("small", "small-2")], isReplaced: true, TestContext.Current.CancellationToken);

        (await removal.ShouldThrowAsync<StackUnavailableException>()).Message.ShouldBe("chat-1 is busy");
        closed.Removed.ShouldBe(["small-1"]);
    }

    [Fact]
    public async Task What_may_be_removed_at_another_try_is_told_before_what_never_will()
    {
        var closed = new Serving(ModelKind.Closed, failsAt: "small-1", refusesAt: "chat-1");

        var removal = new ModelRetirement([closed]).RunAsync(Target, [Entry("chat", "chat-1"), Entry("small", "small-1")], [Entry("chat", "chat-2"), Entry("small", "small-2")], isReplaced: true, TestContext.Current.CancellationToken);

        (await removal.ShouldThrowAsync<StackUnavailableException>()).Message.ShouldBe("small-1 is busy");
    }

    [Fact]
    public async Task What_candidates_have_left_is_swept_by_every_kind_even_where_one_cannot()
    {
        var (closed, external) = (new Serving(ModelKind.Closed, failsAt: "chat-2"), new Serving(ModelKind.External));

        var sweep = new ModelRetirement([closed, external]).SweepAsync(Target, [Entry("chat", "chat-2")], TestContext.Current.CancellationToken);

        (await sweep.ShouldThrowAsync<StackUnavailableException>()).Message.ShouldBe("chat-2 is busy");
        external.Removed.ShouldBe(["all but chat-2"]);
    }

    private static ModelEntry Entry(string name, string server) => new(name, "https://models.example/") { Deployment = server };

    private sealed class Serving(ModelKind kind, string? failsAt = null, string? refusesAt = null) : IModelServing
    {
        public ModelKind Kind => kind;

        public List<string> Removed { get; } = [];

        public Task<ModelReadiness> BringAsync(ModelOrder order, CancellationToken cancellationToken) => throw new InvalidOperationException("Nothing is brought.");

        public Task RemoveAsync(RegionTarget target, ModelEntry retired, ModelEntry serving, bool isReplaced, CancellationToken cancellationToken)
        {
            if (retired.Asked == refusesAt)
            {
                throw new StackRefusedException($"{refusesAt} is locked");
            }

            if (retired.Asked == failsAt)
            {
                throw new StackUnavailableException($"{failsAt} is busy");
            }

            Removed.Add(retired.Asked);
            return Task.CompletedTask;
        }

        public Task SweepAsync(RegionTarget target, IReadOnlyList<ModelEntry> serving, CancellationToken cancellationToken)
        {
            if (serving.Any(entry => entry.Asked == failsAt))
            {
                throw new StackUnavailableException($"{failsAt} is busy");
            }

            Removed.Add($"all but {string.Join(", ", serving.Select(entry => entry.Asked))}");
            return Task.CompletedTask;
        }
    }
}
