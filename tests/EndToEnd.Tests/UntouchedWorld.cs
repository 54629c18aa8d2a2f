namespace Orchestrator.EndToEnd.Tests;

/// <summary>A world for tests that only look, or ask for what is refused: whatever they do, it stays as it was.</summary>
public sealed class UntouchedWorld : IAsyncLifetime
{
    internal World World { get; private set; } = null!;

    public async ValueTask InitializeAsync() => World = await World.StartAsync();

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
