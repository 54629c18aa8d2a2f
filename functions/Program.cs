using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Orchestrator.Functions;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();

if (!builder.TryAddOrchestrator(out var problems))
{
    Console.Error.WriteLine($"The orchestrator does not start: {problems.Count} settings are missing or wrong.");
    foreach (var problem in problems)
    {
        Console.Error.WriteLine($"  {problem}");
    }

    return 2;
}

builder.Build().Run();
return 0;
