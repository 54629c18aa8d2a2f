using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Configurations;

/// <summary>
/// Reads what a server of an open model takes on. Azure Machine Learning's own defaults, one request at once and five seconds for
/// it, are for classifiers; a language model answers many at once, and takes its time.
/// </summary>
internal static class ServerLimitsReader
{
    private const int UsualConcurrency = 32;
    private const int MostConcurrency = 4096;
    private static readonly TimeSpan UsualStartup = TimeSpan.FromHours(1);
    private static readonly TimeSpan LeastStartup = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MostStartup = TimeSpan.FromHours(6);

    // Source: Azure Machine Learning, managed online deployment schema, request_timeout_ms: at most 180,000.
    private static readonly TimeSpan MostRequestTimeout = TimeSpan.FromMinutes(3);

    private static readonly string[] Names = ["concurrency", "requestTimeout", "startup"];

    public static ServerLimits Read(JsonObjectReader model) => new(
        model.Whole("concurrency", 1, MostConcurrency) ?? UsualConcurrency,
        Between(model, "requestTimeout", TimeSpan.FromSeconds(1), MostRequestTimeout) ?? MostRequestTimeout,
        Between(model, "startup", LeastStartup, MostStartup) ?? UsualStartup);

    /// <summary>Who runs a cluster elsewhere sets its limits.</summary>
    public static void RefuseAny(JsonObjectReader model)
    {
        foreach (var name in Names.Where(model.Has))
        {
            model.Report(name, $"expected nothing, because serving is external: who runs the cluster sets its limits; found {name}");
        }
    }

    private static TimeSpan? Between(JsonObjectReader model, string name, TimeSpan least, TimeSpan most)
    {
        var given = model.Duration(name);
        if (given < least || given > most)
        {
            model.Report(name, $"expected {DurationText.Format(least)} to {DurationText.Format(most)}, found {DurationText.Format(given.Value)}");
        }

        return given;
    }
}
