using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;
using Orchestrator.Engine;

namespace Orchestrator.Engine.Tests;

/// <summary>An engine over a folder of its own, which can be stopped and started again.</summary>
internal sealed class EngineFixture(bool replayEveryEpisode = false, bool fakeTime = false, string? folder = null) : IAsyncDisposable
{
    private DurableEngine? engine;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public string Folder { get; } = folder ?? Directory.CreateTempSubdirectory("engine-").FullName;

    public DurableFunctions Functions { get; set; } = new();

    public DurableTaskClient Client => engine!.Client;

    /// <summary>The build's own version of the workflows, from the next start on.</summary>
    public string Version { get; set; } = string.Empty;

    public async Task<EngineFixture> StartAsync()
    {
        engine = await DurableEngine.StartAsync(new()
        {
            Folder = Folder,
            DefaultVersion = Version,
            ReplayEveryEpisode = replayEveryEpisode,
            TimeProvider = fakeTime ? Time : TimeProvider.System,
        }, Functions);
        return this;
    }

    public async Task StopAsync()
    {
        if (engine is not null)
        {
            await engine.DisposeAsync();
            engine = null;
        }
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public EngineFixture Orchestrator<T>(string name, Func<TaskOrchestrationContext, Task<T>> run)
    {
        Functions.AddOrchestrator(name, async context => await run(context));
        return this;
    }

    public EngineFixture Activity<TIn, TOut>(string name, Func<TIn, Task<TOut>> run)
    {
        Functions.AddActivity(name, async (call, _) => await run((TIn)call.ReadInput(typeof(TIn))!));
        return this;
    }

    public async Task<OrchestrationMetadata> RunAsync(string name, object? input = null, string? id = null)
    {
        var instance = await Client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(id));
        return await Client.WaitForInstanceCompletionAsync(instance, getInputsAndOutputs: true, TestContext.Current.CancellationToken);
    }

    /// <summary>Ends when the orchestration shows that status.</summary>
    public async Task UntilStatusAsync(string id, string status)
    {
        while ((await Client.GetInstanceAsync(id, getInputsAndOutputs: true))?.SerializedCustomStatus != $"\"{status}\"")
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (folder is null)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
