using Orchestrator.Core.Suites;

namespace Orchestrator.Functions.Suites;

/// <summary>The suite that models are verified with where nothing else is said.</summary>
public static class DefaultSuite
{
    private static readonly Lazy<Suite> Read = new(() =>
    {
        using var file = typeof(DefaultSuite).Assembly.GetManifestResourceStream($"{typeof(DefaultSuite).Namespace}.default.json")!;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var parsed = SuiteParser.Parse(bytes);
        return parsed.Value ?? throw new InvalidOperationException($"The suite that comes with the program is broken: {string.Join("; ", parsed.Problems)}");
    });

    /// <summary>The suite.</summary>
    public static Suite Suite => Read.Value;
}
