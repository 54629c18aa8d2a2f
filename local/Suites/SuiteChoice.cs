using Orchestrator.Core.Suites;
using Orchestrator.Functions.Suites;

namespace Orchestrator.Local.Suites;

/// <summary>Which cases of which suite.</summary>
/// <param name="File">The suite's file; null for the suite that comes with the program.</param>
/// <param name="IsShort">Only those of the short suite.</param>
/// <param name="Cases">Only these; all where there are none.</param>
internal sealed record SuiteChoice(FileInfo? File, bool IsShort, IReadOnlyList<string> Cases)
{
    /// <summary>The suite; null, once it has been said why, when there is none.</summary>
    public async Task<Suite?> OpenAsync()
    {
        if (await ReadAsync() is not { } whole)
        {
            return null;
        }

        var suite = IsShort ? whole.Short() : whole;
        var unknown = Cases.Except(suite.Cases.Select(one => one.Id)).ToArray();
        if (unknown.Length > 0 || suite.Cases.Count == 0)
        {
            await Console.Error.WriteLineAsync(unknown.Length > 0
                ? $"Expected ids of cases of suite {suite.Name}, found '{string.Join("', '", unknown)}'."
                : $"Expected cases that belong to the short suite, found none in suite {suite.Name}.");
            return null;
        }

        return Cases.Count == 0 ? suite : suite.Only(Cases);
    }

    private async Task<Suite?> ReadAsync()
    {
        if (File is null)
        {
            return DefaultSuite.Suite;
        }

        if (!File.Exists)
        {
            await Console.Error.WriteLineAsync($"Expected a suite's file, found none at '{File.FullName}'.");
            return null;
        }

        if (File.Length > Suite.LargestSize)
        {
            await Console.Error.WriteLineAsync($"Expected a suite of at most {Suite.LargestSize} bytes, found {File.Length} at '{File.FullName}'.");
            return null;
        }

        var parsed = SuiteParser.Parse(await System.IO.File.ReadAllBytesAsync(File.FullName));
        foreach (var problem in parsed.Problems)
        {
            await Console.Error.WriteLineAsync(problem.ToString());
        }

        return parsed.Value;
    }
}
