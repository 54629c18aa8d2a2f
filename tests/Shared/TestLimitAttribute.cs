using System.Collections.Concurrent;
using System.Reflection;
using Orchestrator;
using Xunit.v3;

[assembly: TestLimit]

namespace Orchestrator;

/// <summary>A test that waits for what never comes is cancelled, and fails by its name; one that does not even hear that ends the run.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class TestLimitAttribute : BeforeAfterTestAttribute
{
    // Four times what the slowest test needs on a busy machine.
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan ToEnd = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, CancellationTokenSource> running = new();

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        var context = TestContext.Current;
        var ended = running[test.UniqueID] = new();
        _ = Task.Run(async () =>
        {
            await Task.Delay(Most, TimeProvider.System, ended.Token);
            context.CancelCurrentTest();
            await Task.Delay(ToEnd, TimeProvider.System, ended.Token);
            await Console.Error.WriteLineAsync($"{test.TestDisplayName} does not end, though it was cancelled after {Most}.");
            Environment.Exit(1);
        });
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (running.TryRemove(test.UniqueID, out var ended))
        {
            ended.Cancel();
            ended.Dispose();
        }
    }
}
