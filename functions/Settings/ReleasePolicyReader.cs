using Microsoft.Extensions.Configuration;
using Orchestrator.Core.Problems;

namespace Orchestrator.Functions.Settings;

/// <summary>Reads what follows from changed releases.</summary>
internal static class ReleasePolicyReader
{
    public static ReleasePolicy Read(IConfiguration configuration, List<Problem> problems) => new(
        Word(configuration, SettingNames.OnEdited, ReleasePolicy.Default.OnEdited, problems),
        Word(configuration, SettingNames.OnDeleted, ReleasePolicy.Default.OnDeleted, problems));

    private static T Word<T>(IConfiguration configuration, string name, T usual, List<Problem> problems)
        where T : struct, Enum
    {
        if (SettingValues.Text(configuration, name) is not { } text)
        {
            return usual;
        }

        // By name alone: Enum.TryParse would take numbers too.
        var names = Enum.GetNames<T>();
        if (names.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return Enum.Parse<T>(text, ignoreCase: true);
        }

        problems.Add(new(name, $"expected one of {string.Join(", ", names.Select(one => one.ToLowerInvariant()))}, found '{text}'"));
        return usual;
    }
}
