using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Orchestrator.Engine;

namespace Orchestrator.Benchmarks;

/// <summary>Activities per second, durable on disk, against one SQLite commit per activity; and memory per waiting orchestration.</summary>
internal static class EngineBenchmark
{
    private const int Children = 1_000;
    private const int ActivitiesEach = 5;
    private const int YardstickCommits = 500;

    public static async Task RunAsync()
    {
        for (var round = 1; round <= 3; round++)
        {
            var yardstick = CommitsPerSecond();
            var activities = await ActivitiesPerSecondAsync();
            Report.Print($"engine, round {round}: {activities:N0} activities/s durable ({Children} sub-orchestrations x {ActivitiesEach}); one commit each: {yardstick:N0}/s; ratio {activities / yardstick:N1}");
        }

        Report.Print($"engine memory: {await KilobytesPerWaitingAsync():N1} KB per waiting orchestration");
    }

    private static async Task<double> ActivitiesPerSecondAsync()
    {
        using var folder = new TemporaryFolder();
        var functions = new DurableFunctions()
            .AddActivity("Add", (call, _) => Task.FromResult<object?>((int)call.ReadInput(typeof(int))! + 1))
            .AddOrchestrator("Child", async context =>
            {
                var value = 0;
                for (var step = 0; step < ActivitiesEach; step++)
                {
                    value = await context.CallActivityAsync<int>("Add", value);
                }

                return value;
            })
            .AddOrchestrator("Parent", async context =>
                (await Task.WhenAll(Enumerable.Range(0, Children).Select(_ => context.CallSubOrchestratorAsync<int>("Child")))).Sum());
        await using var engine = await DurableEngine.StartAsync(new() { Folder = folder.Path }, functions);
        var begun = Stopwatch.GetTimestamp();
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Parent");
        var ended = await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
        var elapsed = Stopwatch.GetElapsedTime(begun);
        return ended.ReadOutputAs<int>() == Children * ActivitiesEach
            ? Children * ActivitiesEach / elapsed.TotalSeconds
            : throw new InvalidOperationException($"Expected {Children * ActivitiesEach}, found {ended.SerializedOutput}: {ended.FailureDetails}.");
    }

    private static double CommitsPerSecond()
    {
        using var folder = new TemporaryFolder();
        using var connection = new SqliteConnection($"Data Source={folder.File("plain.db")};Pooling=false");
        connection.Open();
        Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE results (id INTEGER PRIMARY KEY, value INTEGER)");
        var begun = Stopwatch.GetTimestamp();
        for (var commit = 0; commit < YardstickCommits; commit++)
        {
            Execute("INSERT INTO results (value) VALUES (1)");
        }

        return YardstickCommits / Stopwatch.GetElapsedTime(begun).TotalSeconds;

        void Execute(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    private static async Task<double> KilobytesPerWaitingAsync()
    {
        using var folder = new TemporaryFolder();
        var functions = new DurableFunctions().AddOrchestrator("Wait", async context => await context.WaitForExternalEvent<int>("go"));
        await using var engine = await DurableEngine.StartAsync(new() { Folder = folder.Path }, functions);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await Task.WhenAll(Enumerable.Range(0, Children).Select(index =>
            engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", index, new StartOrchestrationOptions($"w{index}"))));
        return (GC.GetTotalMemory(forceFullCollection: true) - before) / 1024.0 / Children;
    }
}
