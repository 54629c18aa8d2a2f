using System.Globalization;
using Orchestrator.Benchmarks;

// Whole processes and disk commits are measured here, so a plain runner: each figure with its yardstick, in one run.
var benchmarks = new Dictionary<string, Func<Task>>
{
    ["engine"] = EngineBenchmark.RunAsync,
    ["webhooks"] = WebhookBenchmark.RunAsync,
    ["memory"] = MemoryBenchmark.RunAsync,
    ["startup"] = StartupBenchmark.RunAsync,
    ["infra"] = InfraBenchmark.RunAsync,
    ["makespan"] = MakespanBenchmark.RunAsync,
    ["suites"] = SuitesBenchmark.RunAsync,
    ["weights"] = WeightsBenchmark.RunAsync,
};

switch (args)
{
    case ["all"]:
        foreach (var each in benchmarks.Values)
        {
            await each();
        }

        return 0;
    case [BareApp.Verb, var url]:
        await BareApp.RunAsync(new(url));
        return 0;
    case [BareModel.Verb, var url]:
        await BareModel.RunAsync(new(url));
        return 0;
    case [WeightsServers.Verb, var size, var runs]:
        await WeightsServers.RunAsync(long.Parse(size, CultureInfo.InvariantCulture), int.Parse(runs, CultureInfo.InvariantCulture));
        return 0;
    case [var name] when benchmarks.TryGetValue(name, out var benchmark):
        await benchmark();
        return 0;
    default:
        Console.Error.WriteLine($"Expected one of: {string.Join(", ", benchmarks.Keys)}, all. For example: dotnet run -c Release --project benchmarks -- engine");
        return 2;
}
