using Orchestrator.Benchmarks;

// Whole processes and disk commits are measured here, so a plain runner: each figure with its yardstick, in one run.
switch (args.FirstOrDefault())
{
    case "engine":
        await EngineBenchmark.RunAsync();
        return 0;
    default:
        Console.Error.WriteLine("Expected one of: engine. For example: dotnet run -c Release --project benchmarks -- engine");
        return 2;
}
