using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.Core.Configurations;
using Orchestrator.Core.Names;
using Orchestrator.Infra;
using Orchestrator.Infra.Configuration;
using Pulumi;

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

    /// <summary>All stacks whose configurations are in <paramref name="folder"/>, each in a simulated cloud of its own.</summary>
    /// <exception cref="InvalidOperationException">One of them cannot be built; everything that is wrong with it is said.</exception>
    public static IReadOnlyList<DemoStack> ReadAll(string folder)
    {
        var read = Directory.EnumerateFiles(folder, "Pulumi.*.yaml").Order(StringComparer.Ordinal).Select(ReadOne).ToArray();
        if (read.Length == 0)
        {
            throw new InvalidOperationException($"Expected at least one stack's configuration, Pulumi.STACK.yaml, in '{folder}'; found none.");
        }

        // The first of a cloud has its plain name.
        DemoStack[] stacks = [.. read.GroupBy(stack => stack.Cloud).SelectMany(cloud => cloud.Select((stack, index) => index == 0 ? stack : stack with { Cloud = $"{cloud.Key}-{stack.Name}" }))];
        foreach (var stack in stacks)
        {
            Review(stack, [.. stacks.Where(other => other != stack).Select(other => other.Configuration)]);
        }

        return stacks;
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

    private static void Review(DemoStack stack, IReadOnlyList<StackConfiguration> others)
    {
        try
        {
            StackProgram.Review(stack.Edit().ToJsonString(), others, TimeProvider.System);
        }
        catch (RunException refused)
        {
            throw new InvalidOperationException($"Stack {stack.Name}: {refused.Message}", refused);
        }
    }
}

/// <summary>One of the stacks.</summary>
/// <param name="Configuration">Its configuration.</param>
/// <param name="Json">The same as it was written.</param>
internal sealed record DemoStack(StackConfiguration Configuration, string Json)
{
    /// <summary>The simulated cloud that it lives in.</summary>
    public string Cloud { get; init; } = Configuration.IsInChina ? "azure-china" : "azure-public";

    public string Name => Configuration.Name.Value;

    public IReadOnlyList<string> Regions => [.. Configuration.Regions.Select(place => place.Region.Name.Value).Distinct()];

    /// <summary>The setting that holds its client secret.</summary>
    public string SecretSetting => $"Sandbox:{string.Concat(Name.Split('-').Select(word => $"{char.ToUpperInvariant(word[0])}{word[1..]}"))}ClientSecret";

    /// <summary>Its configuration, to be changed. What its owners declare, they declare today: a sandbox does not grow old.</summary>
    public JsonObject Edit()
    {
        var configuration = JsonNode.Parse(Json)!.AsObject();
        if (configuration["compliance"]?["ownership"] is JsonObject ownership)
        {
            ownership["date"] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        return configuration;
    }
}
