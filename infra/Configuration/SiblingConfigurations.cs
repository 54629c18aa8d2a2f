using Orchestrator.Core.Configurations;

namespace Orchestrator.Infra.Configuration;

/// <summary>The configurations of the other stacks, which stand beside this one: what two stacks share is found before it is built.</summary>
public static class SiblingConfigurations
{
    private const string Prefix = "Pulumi.";
    private const string Suffix = ".yaml";

    /// <summary>All that can be read in <paramref name="folder"/>, but for <paramref name="stack"/>'s. One that cannot is told to its own program.</summary>
    public static IReadOnlyList<StackConfiguration> Read(string folder, string stack) =>
    [
        .. Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}")
            .Where(file => Path.GetFileName(file) is var name && name.Length > Prefix.Length + Suffix.Length && name[Prefix.Length..^Suffix.Length] != stack)
            .Order(StringComparer.Ordinal)
            .Select(Parse)
            .OfType<StackConfiguration>(),
    ];

    private static StackConfiguration? Parse(string file)
    {
        try
        {
            return PulumiYaml.Read(File.ReadAllText(file)).TryGetValue($"{StackProgram.Project}:{StackProgram.ConfigurationKey}", out var json)
                ? StackConfigurationParser.Parse(json).Value
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
