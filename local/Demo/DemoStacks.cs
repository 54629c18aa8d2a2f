using System.Text.Json.Nodes;
using Orchestrator.Core.Configurations;
using Orchestrator.Core.Names;
using Orchestrator.Infra;
using Orchestrator.Infra.Configuration;

namespace Orchestrator.Local.Demo;

/// <summary>The stacks that the demo rolls out to: those of <c>infra/Pulumi.*.yaml</c>, as they are written there.</summary>
internal static class DemoStacks
{
    public const string UsClosed = "us-closed";
    public const string ChinaOpen = "china-open";

    /// <summary>Where the shipped configurations are.</summary>
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "infra");

    private static readonly Lazy<IReadOnlyList<DemoStack>> Read = new(() => ReadAll(Folder));

    public static IReadOnlyList<DemoStack> All => Read.Value;

    public static IReadOnlyList<string> Names => [.. All.Select(stack => stack.Name)];

    public static RepositoryName Repository => All[0].Configuration.Repository;

    public static DemoStack Of(string name) => All.Single(stack => stack.Name == name);

    /// <summary>The regions of a stack, in rollout order.</summary>
    public static IReadOnlyList<string> RegionsOf(string stack) => Of(stack).Regions;

    private static DemoStack[] ReadAll(string folder)
    {
        var stacks = Directory.EnumerateFiles(folder, "Pulumi.*.yaml").Order(StringComparer.Ordinal).Select(ReadOne).ToArray();
        return stacks.Length > 0 ? stacks : throw new InvalidOperationException($"Expected at least one stack's configuration, Pulumi.STACK.yaml, in '{folder}'; found none.");
    }

    private static DemoStack ReadOne(string file)
    {
        try
        {
            var json = PulumiYaml.Read(File.ReadAllText(file)).GetValueOrDefault($"{StackProgram.Project}:{StackProgram.ConfigurationKey}")
                ?? throw new FormatException($"expected the key {StackProgram.Project}:{StackProgram.ConfigurationKey} under 'config', found none");
            var parsed = StackConfigurationParser.Parse(json);
            return parsed.IsValid
                ? new(parsed.Value, json)
                : throw new FormatException(string.Join('\n', parsed.Problems));
        }
        catch (FormatException wrong)
        {
            throw new InvalidOperationException($"{Path.GetFileName(file)}: {wrong.Message}", wrong);
        }
    }
}

/// <summary>One of the stacks.</summary>
/// <param name="Configuration">Its configuration.</param>
/// <param name="Json">The same as it was written.</param>
internal sealed record DemoStack(StackConfiguration Configuration, string Json)
{
    public string Name => Configuration.Name.Value;

    public IReadOnlyList<string> Regions => [.. Configuration.Regions.Select(place => place.Region.Name.Value).Distinct()];

    /// <summary>The simulated cloud that it lives in.</summary>
    public string Cloud => Configuration.IsInChina ? "azure-china" : "azure-public";

    /// <summary>The setting that holds its client secret.</summary>
    public string SecretSetting => $"Sandbox:{string.Concat(Name.Split('-').Select(word => $"{char.ToUpperInvariant(word[0])}{word[1..]}"))}ClientSecret";

    /// <summary>Its configuration as it is changed for the sandbox.</summary>
    public JsonObject Edit() => JsonNode.Parse(Json)!.AsObject();
}
