namespace Orchestrator.EndToEnd.Tests;

/// <summary>What looks by HTTP for something to become so leaves the processors to what makes it so.</summary>
internal static class Breath
{
    private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(10);

    /// <summary>The time between two looks; ends early, by an exception, when the test is over.</summary>
    public static Task TakeAsync() => Task.Delay(Length, TimeProvider.System, TestContext.Current.CancellationToken);
}
