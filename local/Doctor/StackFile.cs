using Orchestrator.Core.Configurations;
using Orchestrator.Infra;
using Orchestrator.Infra.Configuration;

namespace Orchestrator.Local.Doctor;

/// <summary>A stack's configuration file, as it is found.</summary>
/// <param name="Stack">The stack's name, from the file's.</param>
/// <param name="Json">The configuration as JSON; null when the file has none.</param>
/// <param name="Problem">What is wrong with the file itself; null when nothing is.</param>
internal sealed record StackFile(string Stack, string? Json, string? Problem)
{
    private const string Prefix = "Pulumi.";
    private const string Suffix = ".yaml";
    private const string Key = $"{StackProgram.Project}:{StackProgram.ConfigurationKey}";

    /// <summary>The configuration; null when it has problems.</summary>
    public StackConfiguration? Configuration => Json is null ? null : StackConfigurationParser.Parse(Json).Value;

    /// <summary>All configuration files in <paramref name="folder"/>, by name.</summary>
    public static IReadOnlyList<StackFile> ReadAll(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}")
            .Where(file => Path.GetFileName(file).Length > Prefix.Length + Suffix.Length)
            .Order(StringComparer.Ordinal)
            .Select(Read),
    ];

    private static StackFile Read(string file)
    {
        var stack = Path.GetFileName(file)[Prefix.Length..^Suffix.Length];
        try
        {
            return PulumiYaml.Read(File.ReadAllText(file)).TryGetValue(Key, out var json)
                ? new(stack, json, null)
                : new(stack, null, $"expected the key {Key} under 'config', found none");
        }
        catch (FormatException unreadable)
        {
            return new(stack, null, unreadable.Message);
        }
    }
}
