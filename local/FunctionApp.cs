using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestrator.Core.Problems;
using Orchestrator.Functions;
using Orchestrator.Functions.GitHub.Writes;
using Orchestrator.Functions.State;
using Orchestrator.Local.Hosting;
using Orchestrator.Local.State;

namespace Orchestrator.Local;

/// <summary>The function app on the embedded host.</summary>
internal static class FunctionApp
{
    // The engine lets one process at a time have a data folder.
    private static readonly WriterName TheOnlyWriter = new("embedded");

    /// <summary>Starts it, with options that <paramref name="shape"/> may change; null when its settings are bad, with all their problems printed.</summary>
    public static Task<EmbeddedHost?> StartAsync(
        string dataFolder,
        Uri url,
        IReadOnlyDictionary<string, string?> settings,
        LogLevel? leastLogLevel,
        CancellationToken cancellationToken,
        Func<EmbeddedHostOptions, EmbeddedHostOptions>? shape = null) => EmbeddedHost.StartAsync(
        (shape ?? (options => options))(new()
        {
            Assemblies = [typeof(OrchestratorBuilder).Assembly],
            HostJson = Path.Combine(AppContext.BaseDirectory, "host.json"),
            DataFolder = dataFolder,
            Url = url,
            LeastLogLevel = leastLogLevel,
            Configure = builder =>
            {
                builder.Configuration.AddInMemoryCollection(settings);
                builder.Services.AddSingleton<IStateStore>(_ => SqliteStateStore.Open(Path.Combine(dataFolder, "state.db")));
                builder.Services.AddSingleton(TheOnlyWriter);
                return Configure(builder);
            },
        }),
        cancellationToken);

    private static bool Configure(IHostApplicationBuilder builder)
    {
        if (builder.TryAddOrchestrator(out var problems))
        {
            return true;
        }

        Print(problems);
        return false;
    }

    private static void Print(IReadOnlyList<Problem> problems)
    {
        Console.Error.WriteLine($"The orchestrator does not start: {problems.Count} {(problems.Count == 1 ? "setting is" : "settings are")} missing or wrong.");
        foreach (var problem in problems)
        {
            Console.Error.WriteLine($"  {problem}");
        }
    }
}
